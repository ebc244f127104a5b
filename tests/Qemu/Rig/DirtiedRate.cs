using System.Globalization;
using System.Text.RegularExpressions;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>What a guest says that it wrote in its last second: the truth that metrics are compared with.</summary>
/// <param name="Seconds">Of the guest's own clock.</param>
/// <param name="HotMiB">MiB a second.</param>
/// <param name="ColdMiB">MiB a second.</param>
public readonly partial record struct DirtiedRate(double Seconds, double HotMiB, double ColdMiB)
{
    /// <summary>Of a guest's console, in their order.</summary>
    public static IReadOnlyList<DirtiedRate> Read(string console) => [.. RateLine().Matches(console).Select(static m => new DirtiedRate(Number(m, 1), Number(m, 2), Number(m, 3)))];

    /// <summary>Holds a rate that was reported against the guest's own word. On a busy machine a guest does not write as it was told to, from second to second.</summary>
    /// <param name="truth">All that the guest said.</param>
    /// <param name="bytesPerSecond">What was reported.</param>
    /// <param name="least">Of the guest's lowest rate.</param>
    /// <param name="most">Of its highest.</param>
    public static void AssertReported(IReadOnlyList<DirtiedRate> truth, double bytesPerSecond, double least, double most)
    {
        var (reported, low, high) = (bytesPerSecond / (1 << 20), truth.Min(static t => t.HotMiB), truth.Max(static t => t.HotMiB));
        // Benches are built with this, and have no xunit.
        if (!(reported >= least * low && reported <= most * high))
            throw new InvalidOperationException($"{reported:0.##} MiB/s was reported, and the guest wrote {low:0.##} to {high:0.##}: expected {least} times the lowest to {most} times the highest");
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"LAB t=([\d.]+) hot=([\d.]+)MiB/s cold=([\d.]+)MiB/s")]
    private static partial Regex RateLine();
}
