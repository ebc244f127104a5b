using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads a list of probes, see <see cref="ProbeSpec"/>.</summary>
internal static class ProbeReader
{
    private static readonly TimeSpan s_min = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_max = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<ProbeSpec> Read(YamlNode node, string path, ReadContext context)
    {
        var probes = new List<ProbeSpec>();
        if (context.List(node, path, "a list of probes: `- gateway: {}` or `- tcp: {host: ..., port: ...}`") is not { } list) return probes;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (Probe(list.Items[i], $"{path}[{i}]", context) is { } probe) probes.Add(probe);
        }

        return probes;
    }

    private static ProbeSpec? Probe(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "a probe: `gateway: {}` or `tcp: {host: ..., port: ...}`") is not { } map) return null;
        ProbeSpec? probe = null;
        var timeout = ProbeSpec.DefaultTimeout;
        var kinds = 0;
        foreach (var entry in map.Entries)
        {
            var place = $"{path}.{entry.Key}";
            switch (entry.Key)
            {
                case "gateway":
                    kinds++;
                    probe = Gateway(entry.Value, place, context);
                    break;
                case "tcp":
                    kinds++;
                    probe = Tcp(entry.Value, place, context);
                    break;
                case "timeout":
                    timeout = context.Duration(entry.Value, place, s_min, s_max) ?? timeout;
                    break;
                default:
                    context.OtherKey(entry, path, s_probe);
                    break;
            }
        }

        if (kinds != 1) context.Error(map.Mark, path, $"expected one of gateway and tcp, found {(kinds == 0 ? "none" : "both")}");
        return kinds == 1 && probe is not null ? probe with { Timeout = timeout } : null;
    }

    private static ProbeSpec? Gateway(YamlNode node, string path, ReadContext context)
    {
        if (node is YamlScalar { IsNull: true }) return new ProbeSpec { Kind = ProbeKind.Gateway };
        if (context.Map(node, path, "{} for the default gateway, or {host: ADDRESS}") is not { } map) return null;
        foreach (var entry in map.Entries.Where(e => e.Key != "host")) context.OtherKey(entry, path, s_gateway);
        if (map["host"] is not { } hostNode) return new ProbeSpec { Kind = ProbeKind.Gateway };
        if (hostNode is YamlScalar scalar && IpText.TryParse(scalar.Text, out var address)) return new ProbeSpec { Kind = ProbeKind.Gateway, Host = address.ToString() };
        context.Expected(hostNode, path + ".host", "the IP address of a gateway");
        return null;
    }

    private static ProbeSpec? Tcp(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "{host: ADDRESS, port: NUMBER}") is not { } map) return null;
        foreach (var entry in map.Entries.Where(e => e.Key is not ("host" or "port"))) context.OtherKey(entry, path, s_tcp);
        if (map["host"] is not { } hostNode || map["port"] is not { } portNode)
        {
            context.Error(map.Mark, path, "needs both host and port");
            return null;
        }

        var port = context.Number(portNode, path + ".port", 1, 65535);
        var host = (hostNode as YamlScalar)?.Text;
        if (host is null || !(IpText.TryParse(host, out _) || Uri.CheckHostName(host) == UriHostNameType.Dns))
        {
            context.Expected(hostNode, path + ".host", "an IP address or a host name");
            return null;
        }

        return port is null ? null : new ProbeSpec { Kind = ProbeKind.Tcp, Host = host, Port = (int)port };
    }

    private static readonly KeyTable s_probe = new("gateway", "tcp", "timeout");

    private static readonly KeyTable s_gateway = new("host");

    private static readonly KeyTable s_tcp = new("host", "port");
}
