using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>Decides for every link of the document whether it is kept, created, removed, or removed and created again.</summary>
internal static class GoalBuilder
{
    public static void Build(Draft draft)
    {
        var goals = draft.Goals;
        NamePeers(draft);
        foreach (var spec in draft.Desired.Interfaces)
        {
            if (Decide(draft, spec) is { } goal) goals.Add(goal);
        }

        foreach (var goal in goals.All)
        {
            if (!goal.IsPresent || goal.Spec?.Ports is not { } ports) continue;
            foreach (var port in ports) goals.Ports[port.Name] = new PortGoal(goal, port);
        }

        TakenAlong.Add(draft);
        foreach (var goal in goals.All) goal.Fields = TargetFields.Of(draft, goal);
        Foundations.Check(draft);
        goals.BottomUp = LayerOrder.Sort(draft);
    }

    /// <summary>The first field that differs and that the kernel never changes on an existing link.</summary>
    public static Field? Immutable(InterfaceSpec spec, LinkState observed)
    {
        foreach (var entry in spec.Fields.AsSpan())
        {
            if (entry.Field.Apply == FieldApply.Recreate && !FieldEquality.Same(entry.Field, observed.Fields[entry.Field], entry.Value)) return entry.Field;
        }

        return null;
    }

    private static LinkGoal? Decide(Draft draft, InterfaceSpec spec)
    {
        var observed = draft.Observed.Find(spec.Name);
        if (spec.IsAbsent) return Absent(draft, spec, observed);
        if (observed is null) return Missing(draft, spec);

        if (spec.Type is { } type && !type.Matches(observed.Type))
        {
            if (observed.Type.IsVirtual() && type.IsVirtual())
            {
                return new LinkGoal(spec.Name) { Spec = spec, Observed = observed, Type = type, Fate = Fate.Recreate, Cause = $"it is {A(observed)} and is asked to be {A(type)}" };
            }

            draft.Refuse($"{spec.Name} is {A(observed)} and cannot become {A(type)}: {(observed.Type.IsVirtual() ? "only hardware brings links of that type" : "it is hardware")}; give the {type.ToText()} another name");
            return null;
        }

        var goal = new LinkGoal(spec.Name) { Spec = spec, Observed = observed, Type = observed.Type, Fate = Fate.Keep };
        if (Immutable(spec, observed) is { } field)
        {
            goal.Fate = Fate.Recreate;
            goal.Cause = $"{field.Path} cannot be changed on an existing link";
        }

        return goal;
    }

    private static LinkGoal? Absent(Draft draft, InterfaceSpec spec, LinkState? observed)
    {
        if (observed is null) return null;
        if (observed.Type.IsVirtual()) return new LinkGoal(spec.Name) { Spec = spec, Observed = observed, Type = observed.Type, Fate = Fate.Remove, Cause = "it is asked to be absent" };
        draft.Refuse($"{spec.Name} is {A(observed)}, which is hardware and cannot be absent; to take it out of use write state: down");
        return null;
    }

    private static LinkGoal? Missing(Draft draft, InterfaceSpec spec)
    {
        var isPeer = draft.Goals.NamedPeers.Contains(spec.Name);
        var type = spec.Type ?? (isPeer ? InterfaceType.Veth : null);
        if (type is { } known && (known.IsVirtual() || isPeer))
        {
            return new LinkGoal(spec.Name) { Spec = spec, Type = known == InterfaceType.Ethernet ? InterfaceType.Veth : known, Fate = Fate.Create, Cause = "it does not exist yet" };
        }

        draft.Refuse(type is null
            ? $"{spec.Name} does not exist, and the document gives no type to create it with; add type:, or check the name"
            : $"{spec.Name} does not exist, and {A(type.Value)} is hardware that cannot be created; check the name and the cabling");
        return null;
    }

    private static void NamePeers(Draft draft)
    {
        foreach (var spec in draft.Desired.Interfaces)
        {
            if (spec is { IsAbsent: false, Type: null or InterfaceType.Veth } && spec.Fields.Text(VethFields.Peer) is { } peer) draft.Goals.NamedPeers.Add(peer);
        }
    }

    private static string A(LinkState link) => link.Type == InterfaceType.Other && link.Kind.Length > 0 ? $"a {link.Kind} link" : A(link.Type);

    private static string A(InterfaceType type) => type switch
    {
        InterfaceType.Ethernet => "an ethernet link",
        InterfaceType.Other => "a link of an unmanaged kind",
        _ => $"a {type.ToText()}",
    };
}
