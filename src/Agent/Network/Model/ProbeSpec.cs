namespace NodeAgent.Network.Model;

/// <summary>A probe that the user names: it is tried before the change, and when it passed then, it must pass after it.</summary>
/// <example><code>
/// probes:
/// - gateway: {}
/// - tcp: { host: 172.16.0.10, port: 6443 }
///   timeout: 5s
/// </code></example>
public sealed record ProbeSpec
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    public required ProbeKind Kind { get; init; }

    /// <summary>For tcp: an IP address or host name. For gateway: null is the default gateway of the main table, else a gateway's address.</summary>
    public string? Host { get; init; }

    /// <summary>For tcp: 1 to 65535.</summary>
    public int Port { get; init; }

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public override string ToString() => Kind == ProbeKind.Tcp ? $"tcp {Host}:{Port}" : $"gateway {Host}".TrimEnd();
}
