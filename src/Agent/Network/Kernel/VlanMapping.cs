using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Kernel;

/// <summary>Bridge VLANs: the kernel's ranges and the model's.</summary>
internal static class VlanMapping
{
    public static VlanTable ToTable(IReadOnlyList<BridgeVlan> vlans) =>
        VlanTable.Of(vlans.Select(v => new VlanRange(v.First, v.Last, v.Flags.HasFlag(BridgeVlanFlags.Pvid), v.Flags.HasFlag(BridgeVlanFlags.Untagged))));

    public static List<BridgeVlan> ToKernel(VlanTable table) =>
        [.. table.Ranges.Select(r => new BridgeVlan((ushort)r.First, (ushort)r.Last,
            (r.Pvid ? BridgeVlanFlags.Pvid : 0) | (r.Untagged ? BridgeVlanFlags.Untagged : 0)))];
}
