using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using Xunit;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>
/// The rate of a guest under KVM, which it was built with and says nothing of. On a busy machine it stands still for seconds and catches up
/// afterwards: measured until it was let run. Where KVM is kvm_pvm, which emulates 32-bit code, a guest may stand still for good from the
/// first measurement by its dirty ring on: that one is the last to be made, and may have caught less than all of it.
/// </summary>
internal static class KvmRate
{
    private const int Most = 15;

    /// <summary>How many measurements it took.</summary>
    public static async Task<int> AssertMeasuredAsync(IGuestSource source, DirtyRateMode mode, int mebibytesPerSecond)
    {
        var least = mode == DirtyRateMode.DirtyRing ? 0.1 : 0.5;
        var seen = new List<double>();
        while (seen.Count < Most)
        {
            var measured = await source.MeasureAsync(mode, TimeSpan.FromSeconds(2), CancellationToken.None);
            Assert.Equal(mode, measured.Mode);
            seen.Add(measured.BytesPerSecond / (double)(1 << 20));
            if (seen[^1] >= least * mebibytesPerSecond && seen[^1] <= 1.6 * mebibytesPerSecond) return seen.Count;
        }

        throw new TimeoutException($"{mode} never came near the {mebibytesPerSecond} MiB/s that the guest was built to write: {string.Join(", ", seen)}");
    }
}
