using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Working;

/// <summary>Addresses that come and go, and the routes and addresses that go with them.</summary>
internal static class AddressEffects
{
    public static void Add(WorkingState state, string name, IpCidr address)
    {
        if (state.Touch(name) is not { } link) return;
        var list = link.EditAddresses();
        var at = list.FindIndex(a => a.Cidr == address);
        if (at < 0) list.Add(new AddressState(address));
        else list[at] = new AddressState(address);
    }

    /// <summary>
    /// IPv4 (inet_del_ifa): the secondaries of the subnet go with its primary unless promote_secondaries is set, routes that prefer
    /// the address go, and with the last address of the link all its routes. IPv6 keeps routes through gateways.
    /// </summary>
    public static void Remove(WorkingState state, string name, IpCidr address)
    {
        if (state.Touch(name) is not { } link) return;
        var list = link.EditAddresses();
        var mates = address.IsIpv6 ? [] : Mates(list, address).ToList();
        Take(state, link, list, address);
        foreach (var mate in mates) Take(state, link, list, mate);
        if (!address.IsIpv6 && !list.Exists(a => !a.Cidr.IsIpv6)) state.Routes.LoseDevice(name, ipv6: false);
    }

    /// <summary>The secondary addresses that hang on this one; none where it is a secondary itself.</summary>
    public static IEnumerable<IpCidr> Mates(IReadOnlyList<AddressState> list, IpCidr address)
    {
        var isPrimary = false;
        foreach (var other in list)
        {
            if (!SameSubnet(other.Cidr, address)) continue;
            if (isPrimary) yield return other.Cidr;
            else if (other.Cidr == address) isPrimary = true;
            else yield break;
        }
    }

    public static bool SameSubnet(IpCidr a, IpCidr b) => a.PrefixLength == b.PrefixLength && a.Covers(b.Address);

    private static void Take(WorkingState state, WorkingLink link, List<AddressState> list, IpCidr address)
    {
        list.RemoveAll(a => a.Cidr == address);
        state.Routes.LoseConnected(link.Name, address);
        if (!address.IsIpv6 && !list.Exists(a => a.Cidr.Address.Equals(address.Address))) state.Routes.LoseSource(address.Address);
    }
}
