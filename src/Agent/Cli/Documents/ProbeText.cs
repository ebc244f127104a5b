using System.Globalization;
using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Documents;

/// <summary>Reads --probe: tcp:HOST:PORT, gateway, gateway:ADDR or none.</summary>
public static class ProbeText
{
    /// <summary>Null where no --probe was given: the document's probes or the defaults apply.</summary>
    public static IReadOnlyList<ProbeSpec>? Parse(string[]? values)
    {
        if (values is not { Length: > 0 }) return null;
        if (values is ["none"]) return [];
        var probes = new List<ProbeSpec>();
        foreach (var value in values) probes.Add(One(value));
        return probes;
    }

    private static ProbeSpec One(string value)
    {
        if (value == "none") throw Bad(value, "stands alone");
        if (value == "gateway") return new ProbeSpec { Kind = ProbeKind.Gateway };
        if (value.StartsWith("gateway:", StringComparison.Ordinal))
        {
            return IPAddress.TryParse(value["gateway:".Length..], out var address)
                ? new ProbeSpec { Kind = ProbeKind.Gateway, Host = address.ToString() }
                : throw Bad(value, "wants the gateway's IP address, as in gateway:10.20.30.1");
        }

        if (!value.StartsWith("tcp:", StringComparison.Ordinal)) throw Bad(value, "expected tcp:HOST:PORT, gateway, gateway:ADDR or none");
        var rest = value["tcp:".Length..];
        var colon = rest.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw Bad(value, "wants a port from 1 to 65535, as in tcp:172.16.0.10:6443");
        }

        var host = rest[..colon].TrimStart('[').TrimEnd(']');
        return new ProbeSpec { Kind = ProbeKind.Tcp, Host = host, Port = port };
    }

    private static CliException Bad(string value, string why) => new(ExitCode.Invalid, $"--probe {value}: {why}");
}
