using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Sets links down from the top, then up from the bottom, those of the document and those an earlier step took down on its way.</summary>
internal static class UpDown
{
    public static void Add(Draft draft)
    {
        var order = draft.Goals.BottomUp;
        var blocked = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (order[i].IsPresent && draft.IsUp(order[i]) == true) Down(draft, order[i].Name);
        }

        foreach (var goal in order)
        {
            if (!goal.IsPresent) continue;
            if (goal.Spec?.Ports is { } ports)
            {
                foreach (var port in ports) Up(draft, blocked, port.Name);
            }

            if (draft.IsUp(goal) == false || goal.IsNew) Up(draft, blocked, goal.Name);
        }

        // By index: setting one up or down touches the VLANs on it.
        for (var i = 0; i < draft.State.Touched.Count; i++) Up(draft, blocked, draft.State.Touched[i]);
        for (var i = 0; i < draft.State.Touched.Count; i++) Down(draft, draft.State.Touched[i]);
        foreach (var (lower, names) in blocked) draft.Notes.Add($"{NameList.Of(names)} stay{(names.Count == 1 ? "s" : "")} down: {lower}, on which {(names.Count == 1 ? "it sits" : "they sit")}, is down");
    }

    private static void Down(Draft draft, string name)
    {
        if (draft.State.Find(name) is not { Up: true } link || UpGoals.Of(draft, name)) return;
        if (draft.Goals.Find(name)?.Spec?.State == InterfaceState.Down) LinkSteps.SetUp(draft, name, false, "it is asked to be down");

        // A VLAN that was down because its base was comes up with it, and nobody asked for anything else.
        else if (link.BaseLink is not { } lower || draft.Observed.Find(lower)?.Up != false) LinkSteps.SetUp(draft, name, false, "it was down before");
    }

    private static void Up(Draft draft, Dictionary<string, HashSet<string>> blocked, string name)
    {
        if (draft.State.Find(name) is not { } link || !UpGoals.Of(draft, name)) return;
        if (link.Up)
        {
            RaiseNew(draft, name);
            return;
        }

        if (!draft.Goals.Ports.ContainsKey(name) && !link.Touched && draft.Goals.Find(name) is null) return;
        if (link.Type == InterfaceType.Vlan && link.Fields[VlanFields.LooseBinding]?.Number != 1 && link.BaseLink is { } lower && draft.State.Find(lower) is { Up: false })
        {
            Blocked(draft, blocked, name, lower);
            return;
        }

        LinkSteps.SetUp(draft, name, true, UpGoals.Reason(draft, name));
        if (draft.Goals.Find(name) is { } goal) goal.Raised = true;
    }

    /// <summary>A new VLAN comes up with its base; said all the same, so that no new link depends on that.</summary>
    private static void RaiseNew(Draft draft, string name)
    {
        if (draft.Goals.Find(name) is not { IsNew: true, Raised: false } goal || goal.Type != InterfaceType.Vlan) return;
        goal.Raised = true;
        LinkSteps.SetUp(draft, name, true, UpGoals.Reason(draft, name));
    }

    /// <summary>vlan_dev_open answers ENETDOWN.</summary>
    private static void Blocked(Draft draft, Dictionary<string, HashSet<string>> blocked, string name, string lower)
    {
        if (draft.Goals.Find(name)?.Spec?.State == InterfaceState.Up)
        {
            draft.Refuse($"{name} cannot be up while {lower}, on which it sits, is down; write state: up for {lower} too");
            return;
        }

        if (!blocked.TryGetValue(lower, out var names)) blocked[lower] = names = new(StringComparer.Ordinal);
        names.Add(name);
    }
}
