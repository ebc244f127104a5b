using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Attaches the ports that lists name, and those that an earlier step took off on its way.</summary>
internal static class PortAttachment
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (!goal.IsPresent || goal.Spec?.Ports is not { } ports) continue;
            foreach (var port in ports)
            {
                if (draft.Goals.Ports[port.Name].Controller == goal) Attach(draft, port.Name, goal.Name, $"it is listed as a port of {goal.Name}", goal.Policy);
            }
        }

        // By index: attaching touches further links.
        for (var i = 0; i < draft.State.Disturbed.Count; i++)
        {
            var name = draft.State.Disturbed[i];
            if (Former(draft, name) is { } controller) Attach(draft, name, controller, $"it was a port of {controller} before", draft.PolicyOf(controller));
        }
    }

    /// <summary>The controller that a link had, where nobody means to take it away and it still is one.</summary>
    private static string? Former(Draft draft, string name)
    {
        if (draft.Goals.Ports.ContainsKey(name) || draft.Goals.Released.Contains(name)) return null;
        if (draft.Observed.Find(name)?.Controller is not { } controller || draft.Goals.Find(controller) is { IsPresent: false }) return null;
        return draft.State.Find(controller) is { Type: InterfaceType.Bond or InterfaceType.LinuxBridge } ? controller : null;
    }

    private static void Attach(Draft draft, string name, string controller, string reason, string? policy)
    {
        if (draft.State.Find(name) is not { } port || port.Controller == controller || draft.State.Find(controller) is not { } master) return;
        var up = UpGoals.Of(draft, name);
        if (master.Type == InterfaceType.LinuxBridge)
        {
            LinkSteps.SetController(draft, name, controller, reason, policy);
            return;
        }

        if (port.Up) LinkSteps.SetUp(draft, name, false, "a bond takes only ports that are down");
        LinkSteps.SetController(draft, name, controller, reason, policy);

        // The kernel opens a new port of a bond by itself; said all the same, so that a plan read as text leaves none of them down.
        LinkSteps.SetUp(draft, name, up, up ? UpGoals.PortReason : "it is to be down, and joining the bond brought it up");
    }
}
