using System.Net;
using System.Net.Sockets;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads the ipv4 or ipv6 section of an interface.</summary>
internal static class IpReader
{
    public static IpSpec? Read(YamlNode node, string path, bool v6, ReadContext context)
    {
        if (context.Map(node, path, "a map (enabled, address)") is not { } map) return null;
        bool? enabled = null;
        List<IpCidr>? addresses = null;
        foreach (var entry in map.Entries)
        {
            var place = $"{path}.{entry.Key}";
            switch (entry.Key)
            {
                case "enabled":
                    enabled = context.Flag(entry.Value, place);
                    break;
                case "address":
                    addresses = Addresses(entry.Value, place, v6, context);
                    break;
                default:
                    context.OtherKey(entry, path, KnownKeys.Ip);
                    break;
            }
        }

        if (addresses is { Count: > 0 })
        {
            if (enabled == false) context.Error(map.Mark, path, "has addresses and `enabled: false`; remove one of the two");
            enabled ??= true;
        }

        return new IpSpec { Enabled = enabled, Addresses = addresses, Mark = map.Mark };
    }

    private static List<IpCidr>? Addresses(YamlNode node, string path, bool v6, ReadContext context)
    {
        if (context.List(node, path, "a list of addresses: `- ip: ...` and `prefix-length: ...`") is not { } list) return null;
        var addresses = new List<IpCidr>();
        var seen = new HashSet<IPAddress>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var place = $"{path}[{i}]";
            if (Address(list.Items[i], place, v6, context) is not { } address) continue;
            if (address.Address.IsIPv6LinkLocal)
            {
                context.Note(list.Items[i].Mark, place, $"{address} is link-local: the kernel makes these itself, it is left alone");
            }
            else if (!seen.Add(address.Address))
            {
                context.Error(list.Items[i].Mark, place, $"{address.Address} is listed twice; keep one");
            }
            else
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static IpCidr? Address(YamlNode node, string path, bool v6, ReadContext context)
    {
        if (context.Map(node, path, "an address: `ip: ...` and `prefix-length: ...`") is not { } map) return null;
        foreach (var entry in map.Entries.Where(e => e.Key is not ("ip" or "prefix-length"))) context.OtherKey(entry, path, KnownKeys.Address);
        var ip = map["ip"] is { } ipNode ? Ip(ipNode, path + ".ip", v6, context) : Missing<IPAddress>(map, path, "ip", context);
        if (map["prefix-length"] is not { } lengthNode)
        {
            // 10.0.0.1/24 has been said to be wrong, and how to write it.
            return map["ip"] is YamlScalar { Text: var text } && text.Contains('/', StringComparison.Ordinal) ? null : Missing<IpCidr?>(map, path, "prefix-length", context);
        }

        var length = context.Number(lengthNode, path + ".prefix-length", 1, v6 ? 128 : 32);
        return ip is null || length is null ? null : new IpCidr(ip, (int)length);
    }

    /// <summary>Says that a key is missing, unless another key was misspelt: that is what happened then.</summary>
    private static T? Missing<T>(YamlMap map, string path, string key, ReadContext context)
    {
        if (map.Entries.All(e => e.Key is "ip" or "prefix-length")) context.Error(map.Mark, path, $"has no {key}");
        return default;
    }

    private static IPAddress? Ip(YamlNode node, string path, bool v6, ReadContext context)
    {
        var expected = v6 ? "an IPv6 address such as 2001:db8::5" : "an IPv4 address such as 10.20.30.5";
        if (context.Text(node, path, expected) is not { } text) return null;
        if (IpText.TryParse(text, out var ip))
        {
            if ((ip.AddressFamily == AddressFamily.InterNetworkV6) != v6)
            {
                context.Error(node.Mark, path, $"expected {expected}, found {node.Found}; write it under {(v6 ? "ipv4" : "ipv6")}");
                return null;
            }

            if (!IsUnicast(ip))
            {
                context.Error(node.Mark, path, $"{ip} is not an address a link can have; expected {expected}");
                return null;
            }

            return ip;
        }

        if (IpCidr.TryParse(text, out var cidr)) context.Error(node.Mark, path, $"the prefix stands apart here: write `ip: {cidr.Address}` and `prefix-length: {cidr.PrefixLength}`");
        else context.Expected(node, path, expected);
        return null;
    }

    private static bool IsUnicast(IPAddress ip)
    {
        if (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) || ip.Equals(IPAddress.Broadcast) || ip.IsIPv6Multicast) return false;
        return ip.AddressFamily == AddressFamily.InterNetworkV6 || ip.GetAddressBytes()[0] is < 224 or >= 240;
    }
}
