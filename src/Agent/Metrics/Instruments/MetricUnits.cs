namespace NodeAgent.Metrics.Instruments;

/// <summary>The base units a metric's name can end in.</summary>
internal static class MetricUnits
{
    private static readonly string[] s_units = ["seconds", "bytes", "ratio"];

    /// <summary>The unit of a name without _total, or null.</summary>
    public static string? Of(string name) => Array.Find(s_units, unit => name.EndsWith($"_{unit}", StringComparison.Ordinal));
}
