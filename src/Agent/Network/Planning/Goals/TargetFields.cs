using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>Which scalar fields a link should have in the end.</summary>
internal static class TargetFields
{
    public static FieldSet Of(Draft draft, LinkGoal goal)
    {
        if (!goal.IsPresent) return new FieldSet();
        var named = goal.Spec?.Fields ?? new FieldSet();
        if (goal.Type == InterfaceType.LinuxBridge) named = WithFiltering(draft, goal, named);
        if (!goal.IsNew) return named;
        return goal.KeepsType ? Merge(Describing.Fields(draft.Observed, goal.Observed!), named) : HasEmpty(named) ? Merge(new FieldSet(), named) : named;
    }

    /// <summary>An empty text takes a field back: a new link is simply created without it.</summary>
    private static FieldSet Merge(FieldSet former, FieldSet named)
    {
        var merged = new FieldSet();
        foreach (var entry in former.AsSpan())
        {
            if (!named.Contains(entry.Field)) merged.Set(entry.Field, entry.Value);
        }

        foreach (var entry in named.AsSpan())
        {
            if (entry.Value.Text is not { Length: 0 }) merged.Set(entry.Field, entry.Value, entry.Mark);
        }

        return merged;
    }

    private static bool HasEmpty(FieldSet fields)
    {
        foreach (var entry in fields.AsSpan())
        {
            if (entry.Value.Text is { Length: 0 }) return true;
        }

        return false;
    }

    /// <summary>VLAN filtering follows from the ports' `vlan:` unless it is named, and is never turned on otherwise.</summary>
    private static FieldSet WithFiltering(Draft draft, LinkGoal goal, FieldSet named)
    {
        var wanted = named[BridgeFields.VlanFiltering]?.Number;
        var current = goal.Fate == Fate.Keep && goal.Observed!.Fields[BridgeFields.VlanFiltering]?.Number == 1;
        var needed = goal.Spec?.Ports?.Any(p => p.Vlans is not null) == true;
        goal.Filters = wanted is { } explicitly ? explicitly == 1 : needed || current;
        if (wanted == 0 && needed) draft.Refuse($"{goal.Name}: vlan-filtering is false, and its ports have vlan: sections, which need it; take one of both away");
        return wanted is null && needed && !current ? named.Clone().Set(BridgeFields.VlanFiltering, true) : named;
    }
}
