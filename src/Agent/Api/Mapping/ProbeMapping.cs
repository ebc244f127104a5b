using Google.Protobuf.WellKnownTypes;
using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Probes of a request.</summary>
internal static class ProbeMapping
{
    public static V1.ProbeList ToWire(IReadOnlyList<ProbeSpec> probes)
    {
        var wire = new V1.ProbeList();
        foreach (var probe in probes)
        {
            var one = new V1.Probe
            {
                Kind = probe.Kind == ProbeKind.Tcp ? V1.ProbeKind.Tcp : V1.ProbeKind.Gateway,
                Port = probe.Port,
                Timeout = probe.Timeout.ToDuration(),
            };
            if (probe.Host is { } host) one.Host = host;
            wire.Probes.Add(one);
        }

        return wire;
    }

    /// <summary>Reads a probe that passed <see cref="Problem"/>.</summary>
    public static ProbeSpec FromWire(V1.Probe wire) => new()
    {
        Kind = wire.Kind == V1.ProbeKind.Tcp ? ProbeKind.Tcp : ProbeKind.Gateway,
        Host = wire.HasHost ? wire.Host : null,
        Port = wire.Port,
        Timeout = wire.Timeout?.ToTimeSpan() ?? ProbeSpec.DefaultTimeout,
    };

    /// <summary>What is wrong with a probe, or null.</summary>
    public static string? Problem(V1.Probe wire) => wire switch
    {
        { Kind: not (V1.ProbeKind.Tcp or V1.ProbeKind.Gateway) } => "kind: expected PROBE_KIND_TCP or PROBE_KIND_GATEWAY",
        { Kind: V1.ProbeKind.Tcp, Host: "" } => "host: a TCP probe needs an IP address or host name",
        { Kind: V1.ProbeKind.Tcp, Port: < 1 or > 65535 } => $"port: expected 1 to 65535, found {wire.Port}",
        { Kind: V1.ProbeKind.Gateway, HasHost: true } when !IpText.TryParse(wire.Host, out _) => $"host: expected the gateway's IP address, found '{wire.Host}'",
        { Timeout: { } timeout } when !IsTime(timeout) => "timeout: expected more than 0 s and at most 10 min",
        _ => null,
    };

    /// <summary>True for a duration above zero that a person may mean to wait.</summary>
    private static bool IsTime(Duration time) => time is { Seconds: >= 0 and <= 600, Nanos: >= 0 } && (time.Seconds > 0 || time.Nanos > 0);
}
