using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Sets the options of bridge ports: those named, and on ports that were taken off on the way those they had.</summary>
internal static class PortOptions
{
    public static void Add(Draft draft)
    {
        foreach (var goal in draft.Goals.BottomUp)
        {
            if (!goal.IsPresent || goal.Type != InterfaceType.LinuxBridge || goal.Spec?.Ports is not { } ports) continue;
            foreach (var port in ports)
            {
                if (draft.State.Find(port.Name) is { } link && link.Controller == goal.Name) Set(draft, link, port.Options, "it differs from what is asked for", goal.Policy);
            }
        }

        foreach (var name in draft.State.Disturbed)
        {
            if (draft.State.Find(name) is { Controller: { } controller } link && draft.Observed.Find(name) is { } before && before.Controller == controller)
            {
                Set(draft, link, Unnamed(draft, name, before.PortOptions), "it had this before it was taken off the bridge", draft.PolicyOf(controller));
            }
        }
    }

    private static FieldSet Unnamed(Draft draft, string name, FieldSet before)
    {
        var named = draft.Goals.Ports.TryGetValue(name, out var port) ? port.Spec.Options : null;
        var fields = new FieldSet();
        foreach (var entry in before.AsSpan())
        {
            if (named?.Contains(entry.Field) != true && !IsAutomatic(entry)) fields.Set(entry.Field, entry.Value);
        }

        return fields;
    }

    /// <summary>The kernel derives a cost from the port's speed (port_cost in net/bridge/br_if.c) until somebody sets one.</summary>
    internal static bool IsAutomatic(FieldEntry entry) => entry.Field == BridgeFields.PortPathCost && entry.Value.Number is 1 or 2 or 3 or 4 or 5 or 19 or 100;

    private static void Set(Draft draft, WorkingLink link, FieldSet wanted, string reason, string? policy)
    {
        FieldSet? differing = null;
        foreach (var entry in wanted.AsSpan())
        {
            if (!FieldEquality.Same(entry.Field, link.PortOptions[entry.Field], entry.Value)) (differing ??= new FieldSet()).Set(entry.Field, entry.Value, entry.Mark);
        }

        if (differing is null) return;
        draft.Add(new SetPortOptionsStep
        {
            Kind = draft.KindOf(link.Name),
            Link = link.Name,
            Options = differing,
            Changes = LinkSteps.Changes(differing, link.PortOptions),
            Reason = reason,
            Policy = policy,
        });
    }
}
