using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>
/// Takes addresses away, each by itself while it exists: the kernel removes the secondaries of a subnet with its primary (or not, with
/// promote_secondaries), so those that stay are taken first, too, and added again later.
/// </summary>
internal static class AddressRemoval
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.All)
        {
            if (AddressGoals.Unwanted(draft, goal) is not { } unwanted) continue;
            goal.RemovedAddresses = [.. unwanted];

            // A link that is removed or created again loses all of them with no step of their own.
            if (goal.Fate == Fate.Keep) Remove(draft, goal, unwanted);
        }
    }

    private static void Remove(Draft draft, LinkGoal goal, List<IpCidr> unwanted)
    {
        AddNewLengths(draft, goal, unwanted);
        for (var i = unwanted.Count - 1; i >= 0; i--)
        {
            var link = draft.State.Find(goal.Name)!;
            foreach (var mate in AddressEffects.Mates(link.Addresses, unwanted[i]).Reverse().ToArray())
            {
                draft.Add(AddressSteps.Remove(draft, goal.Name, mate, $"the kernel may remove it with {unwanted[i]}, whose subnet it shares; it is added again"));
            }

            draft.Add(AddressSteps.Remove(draft, goal.Name, unwanted[i], Reason(goal, unwanted[i])));
        }
    }

    /// <summary>Where only the prefix length changes, the new form comes first: the link is then never without the address.</summary>
    private static void AddNewLengths(Draft draft, LinkGoal goal, List<IpCidr> unwanted)
    {
        foreach (var listed in AddressGoals.Listed(goal.Spec))
        {
            if (draft.State.Find(goal.Name)!.Has(listed) || !unwanted.Exists(u => u.Address.Equals(listed.Address))) continue;
            draft.Add(AddressSteps.Add(draft, goal.Name, listed, "its prefix length changes; the new form is added before the old one goes"));
        }
    }

    private static string Reason(LinkGoal goal, IpCidr address)
    {
        var disabled = (address.IsIpv6 ? goal.Spec!.Ipv6 : goal.Spec!.Ipv4)?.Enabled == false;
        if (disabled) return address.IsIpv6 ? "ipv6 is disabled on it" : "ipv4 is disabled on it";
        return "it is not in the list of addresses";
    }
}
