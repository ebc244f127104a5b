using System.Globalization;
using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec;

/// <summary>Probes as an option writes them: tcp:HOST:PORT, gateway, gateway:ADDR or none.</summary>
public static class ProbeText
{
    public const string Forms = "tcp:HOST:PORT, gateway, gateway:ADDR or none";

    /// <summary>Reads one or several; where it cannot, says which and why.</summary>
    public static IReadOnlyList<ProbeSpec>? Parse(IReadOnlyList<string> values, out string problem)
    {
        problem = "";
        if (values is ["none"]) return [];
        var probes = new List<ProbeSpec>();
        foreach (var value in values)
        {
            if (One(value, out var why) is { } probe)
            {
                probes.Add(probe);
                continue;
            }

            problem = $"{value}: {why}";
            return null;
        }

        return probes;
    }

    /// <summary>As <see cref="Parse"/> takes it, with the time where it is not the default.</summary>
    public static string Format(ProbeSpec probe)
    {
        var host = probe.Host is { } name && name.Contains(':', StringComparison.Ordinal) && probe.Kind == ProbeKind.Tcp ? $"[{name}]" : probe.Host;
        var text = probe.Kind == ProbeKind.Tcp ? $"tcp:{host}:{probe.Port}" : host is null ? "gateway" : "gateway:" + host;
        return probe.Timeout == ProbeSpec.DefaultTimeout ? text : $"{text} within {Durations.Format(probe.Timeout)}";
    }

    private static ProbeSpec? One(string value, out string problem)
    {
        problem = "";
        if (value == "gateway") return new ProbeSpec { Kind = ProbeKind.Gateway };
        if (value.StartsWith("gateway:", StringComparison.Ordinal))
        {
            if (IPAddress.TryParse(value["gateway:".Length..], out var address)) return new ProbeSpec { Kind = ProbeKind.Gateway, Host = address.ToString() };
            problem = "wants the gateway's IP address, as in gateway:10.20.30.1";
            return null;
        }

        if (value.StartsWith("tcp:", StringComparison.Ordinal)) return Tcp(value["tcp:".Length..], out problem);
        problem = value == "none" ? "stands alone" : "expected " + Forms;
        return null;
    }

    private static ProbeSpec? Tcp(string rest, out string problem)
    {
        problem = "";
        var colon = rest.LastIndexOf(':');
        if (colon > 0 && int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
        {
            return new ProbeSpec { Kind = ProbeKind.Tcp, Host = rest[..colon].TrimStart('[').TrimEnd(']'), Port = port };
        }

        problem = "wants a port from 1 to 65535, as in tcp:172.16.0.10:6443";
        return null;
    }
}
