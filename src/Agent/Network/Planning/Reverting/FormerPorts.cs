using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Phases;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Reverting;

/// <summary>The ports that a bridge or bond had, with options and VLANs as far as they change.</summary>
internal static class FormerPorts
{
    /// <summary>Null where the list is not named and nothing about the ports changes.</summary>
    public static IReadOnlyList<PortSpec>? Of(NetworkSnapshot before, WorkingState after, LinkState was, IReadOnlyList<PortSpec>? named, Ownership ownership)
    {
        if (!LinkSchema.HasPorts(was.Type)) return null;
        var ports = new List<PortSpec>();
        var changed = named is not null || after.Ports.Of(was.Name).Any(p => before.Find(p)?.Controller != was.Name);
        foreach (var name in before.PortsOf(was.Name))
        {
            var port = before.Find(name)!;
            var now = after.Find(name);
            if (now is null && (!port.Type.IsVirtual() || port.Type > InterfaceType.Vxlan)) continue;
            var listed = named?.FirstOrDefault(p => p.Name == name);
            var left = now?.Controller != was.Name;

            // Guests' ports that stay are left out: one that is gone by then would be in the way of the rest.
            if (was.Type == InterfaceType.LinuxBridge && listed is null && !left && Release.IsGuests(ownership, port, was.Name)) continue;
            var former = new PortSpec(name) { Options = Options(port, left ? null : now, listed), Vlans = Vlans(before, after, was, port, left, listed) };
            changed |= left || former.Options.Count > 0 || former.Vlans is not null;
            ports.Add(former);
        }

        return changed ? ports : null;
    }

    private static FieldSet Options(LinkState port, WorkingLink? now, PortSpec? listed)
    {
        var options = new FieldSet();
        foreach (var entry in port.PortOptions.AsSpan())
        {
            var isNamed = listed?.Options.Contains(entry.Field) == true;
            var differs = now is null ? !PortOptions.IsAutomatic(entry) : now.PortOptions[entry.Field] is { } value && value != entry.Value;
            if (isNamed || differs) options.Set(entry.Field, entry.Value);
        }

        return options;
    }

    private static VlanTable? Vlans(NetworkSnapshot before, WorkingState after, LinkState bridge, LinkState port, bool left, PortSpec? listed)
    {
        if (bridge.Type != InterfaceType.LinuxBridge || bridge.Fields[BridgeFields.VlanFiltering]?.Number != 1 || port.Vlans is not { } former) return null;
        if (left || listed?.Vlans is not null || before.Find(bridge.Name) is null) return former;
        return after.Find(port.Name) is { } now && after.VlansOf(now).Equals(former) ? null : former;
    }
}
