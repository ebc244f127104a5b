using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Adds the addresses that are asked for, and puts back those that a step took away on its way.</summary>
internal static class AddressAddition
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.All)
        {
            if (!goal.IsPresent || (goal.Spec?.Ipv4 ?? goal.Spec?.Ipv6) is null || draft.AddressesOf(goal) is not { } current) continue;
            foreach (var address in AddressGoals.Listed(goal.Spec))
            {
                if (Find(draft.AddressesOf(goal) ?? current, address) is not { } present) draft.Add(AddressSteps.Add(draft, goal.Name, address, Reason(goal, address)));
                else if (present.Dynamic) draft.Add(AddressSteps.Add(draft, goal.Name, address, "it is there for a lease's time only and is asked to stay"));
            }
        }

        foreach (var name in draft.State.Disturbed.ToArray())
        {
            if (draft.Observed.Find(name) is { Addresses.Count: > 0 } before && draft.State.Find(name) is not null) Restore(draft, before);
        }
    }

    private static void Restore(Draft draft, LinkState before)
    {
        var removed = draft.Goals.Find(before.Name)?.RemovedAddresses;
        foreach (var address in before.Addresses)
        {
            if (removed?.Contains(address.Cidr) == true || draft.State.Find(before.Name)!.Has(address.Cidr)) continue;
            if (address.IsStatic) draft.Add(AddressSteps.Add(draft, before.Name, address.Cidr, "an earlier step took it away"));
            else if (address.Dynamic) draft.Notes.Add($"{before.Name} loses {address.Cidr}, which has a lifetime: who gave it (DHCP, router advertisements) has to give it again");
        }
    }

    private static string Reason(LinkGoal goal, IpCidr address)
    {
        if (goal.Observed is { } before && Find(before.Addresses, address) is not null) return "an earlier step took it away";
        return "it is asked for";
    }

    private static AddressState? Find(IReadOnlyList<AddressState> list, IpCidr address)
    {
        foreach (var a in list)
        {
            if (a.Cidr == address) return a;
        }

        return null;
    }
}
