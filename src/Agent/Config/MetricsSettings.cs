using System.Net;

namespace NodeAgent.Config;

/// <summary>metrics: what Prometheus and others get.</summary>
public sealed record MetricsSettings
{
    public const int DefaultPort = 9799;

    public static readonly IPEndPoint DefaultAddress = new(IPAddress.Loopback, DefaultPort);

    /// <summary>metrics.address of /metrics, /healthz and /readyz; null: off.</summary>
    public IPEndPoint? Address { get; init; } = DefaultAddress;

    /// <summary>metrics.interval: how often counters of links are read.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>metrics.otlp; null: nothing is exported.</summary>
    public OtlpSettings? Otlp { get; init; }
}
