using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Lets go the ports that a complete list leaves out; guests' ports on a bridge stay.</summary>
internal static class Release
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.All)
        {
            if (goal.Spec?.Ports is null || goal.Observed is null || !goal.IsPresent) continue;
            List<string>? guests = null;
            foreach (var name in draft.Observed.PortsOf(goal.Name))
            {
                if (draft.Goals.Ports.TryGetValue(name, out var listed) && listed.Controller == goal) continue;
                if (draft.Goals.Find(name) is { Fate: Fate.Remove }) continue;
                if (goal.Type != InterfaceType.LinuxBridge || !IsGuests(draft.Ownership, draft.Observed.Find(name)!, goal.Name)) LetGo(draft, goal, name);

                // Of taps nobody expects anything else.
                else if (draft.Observed.Find(name)!.Type != InterfaceType.Tun) (guests ??= []).Add(name);
            }

            if (guests is not null) draft.Notes.Add($"{goal.Name}: {NameList.Of(guests)} left alone: ports that guests bring are not taken off a bridge");
        }
    }

    /// <summary>Taps and the like come and go with guests: only one that the agent itself attached is ever taken off.</summary>
    public static bool IsGuests(Ownership ownership, LinkState port, string bridge)
    {
        if (!port.IsGuestPort) return false;
        return port.Type == InterfaceType.Veth ? !ownership.OwnsPort(port.Name, bridge) : !ownership.Ports.Contains(Ownership.PortKey(port.Name, bridge));
    }

    private static void LetGo(Draft draft, LinkGoal goal, string port)
    {
        draft.Goals.Released.Add(port);

        // One that is removed or created again is let go by that; one that another list names is moved in one step.
        if (draft.Goals.Find(port) is { GoesAway: true } || draft.Goals.Ports.ContainsKey(port)) return;
        if (goal.GoesAway || draft.State.Find(port)?.Controller != goal.Name) return;
        LinkSteps.SetController(draft, port, null, $"it is not in the list of ports of {goal.Name}", goal.Policy);
    }
}
