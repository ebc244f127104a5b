using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;

namespace NodeAgent.Network.Planning.Guarding;

/// <summary>Refuses to remove a link (also one that is created again) that takes along what no document names: links that sit on it, guests' ports of a bridge.</summary>
internal static class Bystanders
{
    public static void Refuse(Draft draft)
    {
        Dictionary<string, List<string>>? taken = null;
        foreach (var goal in draft.Goals.All)
        {
            if (goal.TakenBy is not null && !draft.Ownership.Links.Contains(goal.Name)) Add(ref taken, Root(draft, goal), goal.Name);
        }

        foreach (var (link, names) in taken ?? [])
        {
            Refuse(draft, link, $"{NameList.Of(names)} on {link}", $"would take {NameList.Of(names)} along, which {(names.Count == 1 ? "sits on it and is" : "sit on it and are")} not in the document; describe {(names.Count == 1 ? "it" : "them")} (or make {(names.Count == 1 ? "it" : "them")} absent)");
        }

        foreach (var goal in draft.Goals.All)
        {
            if (!goal.GoesAway || goal.Observed!.Type != InterfaceType.LinuxBridge || Guests(draft, goal.Name) is not { } guests) continue;
            Refuse(draft, goal.Name, $"the bridge of {NameList.Of(guests)}", $"would take the network from {NameList.Of(guests)}, which guests brought; move the guests away");
        }
    }

    private static void Refuse(Draft draft, string link, string path, string what)
    {
        if (draft.Request.AllowDisrupt.Contains(link)) return;
        var step = 0;
        while (step < draft.Steps.Count && (draft.Steps[step] is not RemoveLinkStep || draft.Steps[step].Link != link)) step++;
        var found = step < draft.Steps.Count;
        draft.Refusals.Add(new Refusal
        {
            Step = found ? step : -1,
            Link = link,
            Path = path,
            Taps = GuestPorts.On(draft.Observed, link),
            Message = $"{(found ? $"step {step + 1}, removing {link} ({draft.Steps[step].Reason})," : $"removing {link}")} {what}, or add --allow-disrupt {link} if this is meant",
        });
    }

    private static string Root(Draft draft, LinkGoal goal)
    {
        var root = goal;
        while (root.TakenBy is { } taker && draft.Goals.Find(taker) is { } next) root = next;
        return root.Name;
    }

    /// <summary>Guests' ports that the document neither names nor removes. A tap is a running guest's whoever attached it.</summary>
    private static List<string>? Guests(Draft draft, string bridge)
    {
        List<string>? guests = null;
        foreach (var name in draft.Observed.PortsOf(bridge))
        {
            if (draft.Observed.Find(name) is not { IsGuestPort: true } port || draft.Goals.Find(name) is { TakenBy: null }) continue;
            if (port.Type != InterfaceType.Tun && draft.Ownership.OwnsPort(name, bridge)) continue;
            (guests ??= []).Add(name);
        }

        return guests;
    }

    private static void Add(ref Dictionary<string, List<string>>? taken, string link, string name)
    {
        taken ??= new(StringComparer.Ordinal);
        if (!taken.TryGetValue(link, out var names)) taken[link] = names = [];
        names.Add(name);
    }
}
