namespace NodeAgent.Config.Sections;

/// <summary>metrics, but for its otlp.</summary>
internal static class MetricsSection
{
    private const string Off = "off";

    public static IReadOnlyList<ConfigurationOption> Options =>
    [
        new ConfigurationOption
        {
            Key = "metrics.address",
            Description = "where /metrics, /healthz and /readyz are served, or off",
            Expected = "an address with its port, such as 127.0.0.1:9799, or off",
            ValueName = "ADDR:PORT|off",
            AtStart = true,
            Show = static c => c.Metrics.Address?.ToString() ?? Off,
            Parse = static (c, text) => text == Off
                ? c with { Metrics = c.Metrics with { Address = null } }
                : OptionKinds.Listener(text) is { } end ? c with { Metrics = c.Metrics with { Address = end } } : null,
        },
        OptionKinds.Duration("metrics.interval", "how often counters of links are read", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), static c => c.Metrics.Interval, static (c, v) => c with { Metrics = c.Metrics with { Interval = v } }),
    ];
}
