using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using Xunit;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>
/// The rate of a guest under KVM, which it was built with and says nothing of. It is the truth where the machine lets the guest run: on a busy
/// one it stands still for seconds, and catches up afterwards. Measured until it was let run.
/// </summary>
internal static class KvmRate
{
    private const int Most = 15;

    /// <summary>How many measurements it took.</summary>
    public static async Task<int> AssertMeasuredAsync(IGuestSource source, DirtyRateMode mode, int mebibytesPerSecond)
    {
        var seen = new List<double>();
        while (seen.Count < Most)
        {
            var measured = await source.MeasureAsync(mode, TimeSpan.FromSeconds(2), CancellationToken.None);
            Assert.Equal(mode, measured.Mode);
            seen.Add(measured.BytesPerSecond / (double)(1 << 20));
            if (seen[^1] >= 0.5 * mebibytesPerSecond && seen[^1] <= 1.5 * mebibytesPerSecond) return seen.Count;
        }

        throw new TimeoutException($"{mode} never came near the {mebibytesPerSecond} MiB/s that the guest was built to write: {string.Join(", ", seen)}");
    }
}
