using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Which addresses of a link are to go. The list of a document is complete, with nmstate, for the static addresses a person writes.</summary>
internal static class AddressGoals
{
    /// <summary>The addresses to take away, in the order the link has them.</summary>
    public static List<IpCidr>? Unwanted(Draft draft, LinkGoal goal)
    {
        if (goal.Spec is not { } spec || goal.Observed is not { Addresses.Count: > 0 } observed || (spec.Ipv4 ?? spec.Ipv6) is null) return null;
        List<IpCidr>? unwanted = null;
        List<IpCidr>? foreign = null;
        foreach (var address in observed.Addresses)
        {
            var family = address.Cidr.IsIpv6 ? spec.Ipv6 : spec.Ipv4;
            if (family is null) continue;
            if (family.Enabled == false)
            {
                // The kernel makes IPv6 link-local addresses itself; without one IPv6 would be broken rather than off.
                if (!(address.Cidr.IsIpv6 && address.LinkLocal)) (unwanted ??= []).Add(address.Cidr);
                continue;
            }

            if (family.Addresses is not { } listed || listed.Contains(address.Cidr) || !address.IsStatic) continue;
            if (!address.Cidr.IsHost || draft.Ownership.OwnsAddress(goal.Name, address.Cidr)) (unwanted ??= []).Add(address.Cidr);
            else (foreign ??= []).Add(address.Cidr);
        }

        if (foreign is not null) draft.Notes.Add($"{goal.Name}: {string.Join(", ", foreign)} left alone: host addresses that are not listed belong to others (keepalived, kube-vip)");
        return unwanted;
    }

    /// <summary>The addresses a document lists for a link that should have them, both families.</summary>
    public static IEnumerable<IpCidr> Listed(InterfaceSpec? spec)
    {
        if (spec?.Ipv4 is { Enabled: not false, Addresses: { } v4 })
        {
            foreach (var address in v4) yield return address;
        }

        if (spec?.Ipv6 is { Enabled: not false, Addresses: { } v6 })
        {
            foreach (var address in v6) yield return address;
        }
    }
}
