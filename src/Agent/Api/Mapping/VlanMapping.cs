using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>VLANs of a bridge port.</summary>
internal static class VlanMapping
{
    public static V1.VlanTable ToWire(VlanTable table)
    {
        var wire = new V1.VlanTable();
        foreach (var range in table.Ranges) wire.Ranges.Add(new V1.VlanRange { First = range.First, Last = range.Last, Pvid = range.Pvid, Untagged = range.Untagged });
        return wire;
    }

    /// <summary>A field that is not set is a table without VLANs.</summary>
    public static VlanTable FromWire(V1.VlanTable? wire) =>
        wire is null ? VlanTable.Empty : VlanTable.Of(wire.Ranges.Select(static r => new VlanRange(r.First, r.Last, r.Pvid, r.Untagged)));
}
