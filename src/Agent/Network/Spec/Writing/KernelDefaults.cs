using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Writing;

/// <summary>What the kernel gives a new link: an export leaves it out (drivers/net/bonding/bond_main.c, net/bridge, net/8021q).</summary>
internal static class KernelDefaults
{
    private static readonly Dictionary<Field, FieldValue> s_values = new()
    {
        [CommonFields.Mtu] = FieldValue.Of(1500),
        [BondFields.Miimon] = FieldValue.Of(0),
        [BondFields.Updelay] = FieldValue.Of(0),
        [BondFields.Downdelay] = FieldValue.Of(0),
        [BondFields.UseCarrier] = FieldValue.Of(true),
        [BondFields.ArpInterval] = FieldValue.Of(0),
        [BondFields.ArpIpTarget] = FieldValue.Of(""),
        [BondFields.ArpValidate] = FieldValue.Of(0),
        [BondFields.ArpAllTargets] = FieldValue.Of(0),
        [BondFields.MissedMax] = FieldValue.Of(2),
        [BondFields.Primary] = FieldValue.Of(""),
        [BondFields.PrimaryReselect] = FieldValue.Of(0),
        [BondFields.FailOverMac] = FieldValue.Of(0),
        [BondFields.XmitHashPolicy] = FieldValue.Of(0),
        [BondFields.ResendIgmp] = FieldValue.Of(1),
        [BondFields.NumPeerNotif] = FieldValue.Of(1),
        [BondFields.PeerNotifDelay] = FieldValue.Of(0),
        [BondFields.AllSlavesActive] = FieldValue.Of(0),
        [BondFields.MinLinks] = FieldValue.Of(0),
        [BondFields.LpInterval] = FieldValue.Of(1),
        [BondFields.PacketsPerSlave] = FieldValue.Of(1),
        [BondFields.LacpRate] = FieldValue.Of(0),
        [BondFields.LacpActive] = FieldValue.Of(1),
        [BondFields.AdSelect] = FieldValue.Of(0),
        [BondFields.AdActorSysPrio] = FieldValue.Of(65535),
        [BondFields.AdActorSystem] = FieldValue.Of("00:00:00:00:00:00"),
        [BondFields.AdUserPortKey] = FieldValue.Of(0),
        [BondFields.TlbDynamicLb] = FieldValue.Of(true),
        [BridgeFields.StpEnabled] = FieldValue.Of(false),
        [BridgeFields.StpForwardDelay] = FieldValue.Of(15),
        [BridgeFields.StpHelloTime] = FieldValue.Of(2),
        [BridgeFields.StpMaxAge] = FieldValue.Of(20),
        [BridgeFields.StpPriority] = FieldValue.Of(32768),
        [BridgeFields.AgeingTime] = FieldValue.Of(300),
        [BridgeFields.GroupForwardMask] = FieldValue.Of(0),
        [BridgeFields.MulticastSnooping] = FieldValue.Of(true),
        [BridgeFields.MulticastQuerier] = FieldValue.Of(false),
        [BridgeFields.MulticastRouter] = FieldValue.Of(1),
        [BridgeFields.VlanProtocol] = FieldValue.Of(0x8100),
        [BridgeFields.VlanDefaultPvid] = FieldValue.Of(1),
        [BridgeFields.VlanFiltering] = FieldValue.Of(false),
        [BridgeFields.PortHairpin] = FieldValue.Of(false),
        [BridgeFields.PortPriority] = FieldValue.Of(32),
        [VlanFields.Protocol] = FieldValue.Of(0x8100),
        [VlanFields.ReorderHeaders] = FieldValue.Of(true),
        [VlanFields.LooseBinding] = FieldValue.Of(false),
        [MacvlanFields.Promiscuous] = FieldValue.Of(true),
        [VxlanFields.Learning] = FieldValue.Of(true),
    };

    /// <summary>True where a new link has this value without being asked.</summary>
    public static bool Is(Field field, FieldValue value) => s_values.TryGetValue(field, out var known) && known == value;
}
