using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Merging;

/// <summary>Joins two ipv4 or ipv6 sections: addresses add up, one address has one prefix length.</summary>
internal static class IpMerge
{
    public static IpSpec? Merge(IpSpec? first, IpSpec? second, InterfaceSpec a, InterfaceSpec b, string path, Conflicts conflicts)
    {
        if (first is null || second is null) return first ?? second;
        if (first.Enabled is { } on && second.Enabled is { } also && on != also)
        {
            conflicts.Add(path + ".enabled", first.Mark, a.Policy, Text(on), second.Mark, b.Policy, Text(also));
            return first;
        }

        return first with { Enabled = first.Enabled ?? second.Enabled, Addresses = Addresses(first, second, a, b, path, conflicts) };
    }

    private static IReadOnlyList<IpCidr>? Addresses(IpSpec first, IpSpec second, InterfaceSpec a, InterfaceSpec b, string path, Conflicts conflicts)
    {
        if (first.Addresses is null || second.Addresses is null) return first.Addresses ?? second.Addresses;
        var joined = new List<IpCidr>(first.Addresses);
        var lengths = new Dictionary<IPAddress, int>();
        foreach (var address in first.Addresses) lengths[address.Address] = address.PrefixLength;
        foreach (var address in second.Addresses)
        {
            if (lengths.TryAdd(address.Address, address.PrefixLength)) joined.Add(address);
            else if (lengths[address.Address] != address.PrefixLength)
            {
                conflicts.Add(path + ".address", first.Mark, a.Policy, $"{address.Address}/{lengths[address.Address]}", second.Mark, b.Policy, address.ToString());
            }
        }

        return joined;
    }

    private static string Text(bool flag) => flag ? "true" : "false";
}
