using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Reverting;

/// <summary>The former values of fields that a document names or its plan changes.</summary>
internal static class FormerFields
{
    public static FieldSet Of(NetworkSnapshot before, WorkingState after, LinkState was, WorkingLink now, InterfaceSpec? named)
    {
        // The kernel changes other options with a bond's mode: they are given back with it.
        if (!Same(was.Fields, now.Fields, BondFields.Mode)) return Describing.Fields(before, was);

        var fields = new FieldSet();
        foreach (var entry in named?.Fields ?? new FieldSet()) Restore(fields, was, entry.Field);
        foreach (var entry in now.Fields.AsSpan())
        {
            if (!Same(was.Fields, now.Fields, entry.Field)) Restore(fields, was, entry.Field);
        }

        // A bond gives its own MTU to ports that come back, and to all when it is changed.
        if (was.Controller is { } name && before.Find(name) is { Type: InterfaceType.Bond } bond && !Same(bond.Fields, was.Fields, CommonFields.Mtu)) Restore(fields, was, CommonFields.Mtu);

        // A bridge may or may not follow its ports: whether somebody pinned its MTU cannot be seen.
        if (was.Type == InterfaceType.LinuxBridge && PortMtusChange(before, after, was)) Restore(fields, was, CommonFields.Mtu);
        return fields;
    }

    private static bool PortMtusChange(NetworkSnapshot before, WorkingState after, LinkState bridge)
    {
        foreach (var name in after.Ports.Of(bridge.Name))
        {
            if (before.Find(name)?.Controller != bridge.Name) return true;
        }

        foreach (var name in before.PortsOf(bridge.Name))
        {
            if (after.Find(name) is not { } now || now.Controller != bridge.Name || now.Mtu != before.Find(name)!.Fields[CommonFields.Mtu]?.Number) return true;
        }

        return false;
    }

    private static bool Same(FieldSet was, FieldSet now, Field field) => now[field] is not { } value || FieldEquality.Same(field, was[field], value);

    private static void Restore(FieldSet fields, LinkState was, Field field)
    {
        if (was.Fields[field] is { } former) fields.Set(field, former);
        else if (field == BridgeFields.VlanFiltering) fields.Set(field, false);
        else if (field.IsClearable) fields.Set(field, "");
    }
}
