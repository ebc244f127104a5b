using System.Runtime.InteropServices;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>struct ifla_bridge_id: priority and address, as spanning tree compares them.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BridgeId
{
    private readonly byte _priority0, _priority1, _a0, _a1, _a2, _a3, _a4, _a5;

    public BridgeId(ushort priority, MacAddress address)
    {
        (_priority0, _priority1) = ((byte)(priority >> 8), (byte)priority);
        Span<byte> bytes = stackalloc byte[MacAddress.Length];
        address.CopyTo(bytes);
        (_a0, _a1, _a2, _a3, _a4, _a5) = (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
    }

    public ushort Priority => (ushort)(_priority0 << 8 | _priority1);

    public MacAddress Address => MacAddress.FromBytes([_a0, _a1, _a2, _a3, _a4, _a5])!.Value;

    public override string ToString() => $"{Priority:x4}.{Address}";
}

/// <summary>struct br_boolopt_multi: bits of enum br_boolopt_id, and which of them are meant. Linux 5.0.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BridgeBooleanOptions(uint Values, uint Mask)
{
    /// <summary>BR_BOOLOPT_NO_LL_LEARN: do not learn from link-local frames.</summary>
    public const uint NoLinkLocalLearning = 1;

    /// <summary>BR_BOOLOPT_MCAST_VLAN_SNOOPING</summary>
    public const uint MulticastVlanSnooping = 2;

    /// <summary>BR_BOOLOPT_MST_ENABLE</summary>
    public const uint MultipleSpanningTrees = 4;
}

/// <summary>BR_STATE_… of linux/if_bridge.h.</summary>
public enum BridgePortState : byte
{
    Disabled = 0,
    Listening = 1,
    Learning = 2,
    Forwarding = 3,
    Blocking = 4,
}
