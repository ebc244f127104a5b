using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>The fields with which a link that exists could be created again: without those that the kernel only reports, or refuses in its mode.</summary>
internal static class Describing
{
    public static FieldSet Fields(NetworkSnapshot snapshot, LinkState link)
    {
        var fields = new FieldSet();
        foreach (var entry in link.Fields.AsSpan())
        {
            if (Takes(snapshot, link, entry.Field, entry.Value)) fields.Set(entry.Field, entry.Value);
        }

        return fields;
    }

    private static bool Takes(NetworkSnapshot snapshot, LinkState link, Field field, FieldValue value)
    {
        if (value.Text is { Length: 0 }) return false;
        if (field == CommonFields.MacAddress) return HasOwnMac(snapshot, link, value.Text);
        return link.Type != InterfaceType.Bond || BondTakes(link.Fields, field, value);
    }

    /// <summary>A MAC taken over from a lower link comes back by itself, and would not follow it any more if it were set.</summary>
    private static bool HasOwnMac(NetworkSnapshot snapshot, LinkState link, string? mac)
    {
        if (link.BaseLink is { } lower && snapshot.Find(lower)?.Fields.Text(CommonFields.MacAddress) == mac) return false;
        if (!LinkSchema.HasPorts(link.Type)) return true;
        foreach (var name in snapshot.PortsOf(link.Name))
        {
            if (snapshot.Find(name) is { } port && (port.Fields.Text(CommonFields.MacAddress) == mac || port.PermanentMac == mac)) return false;
        }

        return true;
    }

    private static bool BondTakes(FieldSet fields, Field field, FieldValue value)
    {
        var mode = fields[BondFields.Mode]?.Number;
        if (BondFields.ModesOf(field) is { } modes && (mode is null || !modes.Contains((int)mode))) return false;

        // The kernel refuses delays without a monitor, ARP options without their interval, and an all-zero system MAC.
        if (field == BondFields.Updelay || field == BondFields.Downdelay || field == BondFields.PeerNotifDelay) return fields[BondFields.Miimon]?.Number > 0;
        if (field == BondFields.ArpInterval) return value.Number > 0;
        if (field == BondFields.ArpIpTarget || field == BondFields.ArpValidate || field == BondFields.ArpAllTargets || field == BondFields.MissedMax)
        {
            return fields[BondFields.ArpInterval]?.Number > 0;
        }

        if (field == BondFields.Miimon) return value.Number > 0 || fields[BondFields.ArpInterval] is not { Number: > 0 };
        return field != BondFields.AdActorSystem || value.Text != "00:00:00:00:00:00";
    }
}
