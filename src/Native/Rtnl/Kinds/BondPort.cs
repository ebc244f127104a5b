using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>What a bond says about one of its ports.</summary>
public sealed class BondPort : LinkData
{
    private const int IFLA_BOND_SLAVE_STATE = 1;
    private const int IFLA_BOND_SLAVE_MII_STATUS = 2;
    private const int IFLA_BOND_SLAVE_LINK_FAILURE_COUNT = 3;
    private const int IFLA_BOND_SLAVE_PERM_HWADDR = 4;
    private const int IFLA_BOND_SLAVE_QUEUE_ID = 5;
    private const int IFLA_BOND_SLAVE_AD_AGGREGATOR_ID = 6;
    private const int IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE = 7;
    private const int IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE = 8;
    private const int IFLA_BOND_SLAVE_PRIO = 9;
    private const int IFLA_BOND_SLAVE_ACTOR_PORT_PRIO = 10;

    public override string Kind => LinkKinds.Bond;

    /// <summary>Read only: is it used for sending.</summary>
    public BondPortState? State { get; set; }

    /// <summary>Read only: as the bond's monitoring sees it.</summary>
    public BondMiiStatus? MiiStatus { get; set; }

    /// <summary>Read only.</summary>
    public uint? LinkFailureCount { get; set; }

    /// <summary>Read only: the address it had before it joined.</summary>
    public MacAddress? PermanentAddress { get; set; }

    public ushort? QueueId { get; set; }

    /// <summary>Read only; 802.3ad: ports that carry traffic together share it with the bond's <see cref="BondAdInfo.AggregatorId"/>.</summary>
    public ushort? AggregatorId { get; set; }

    /// <summary>Read only; 802.3ad: this end.</summary>
    public LacpPortState? ActorOperPortState { get; set; }

    /// <summary>Read only; 802.3ad: what the switch says.</summary>
    public LacpPortState? PartnerOperPortState { get; set; }

    /// <summary>For choosing the active port; Linux 6.0.</summary>
    public int? Priority { get; set; }

    /// <summary>Linux 6.18</summary>
    public ushort? ActorPortPriority { get; set; }

    public override void Reset()
    {
        State = null;
        MiiStatus = null;
        LinkFailureCount = null;
        PermanentAddress = null;
        QueueId = null;
        AggregatorId = null;
        ActorOperPortState = null;
        PartnerOperPortState = null;
        Priority = null;
        ActorPortPriority = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_BOND_SLAVE_STATE: State = (BondPortState)reader.AsByte(); break;
                case IFLA_BOND_SLAVE_MII_STATUS: MiiStatus = (BondMiiStatus)reader.AsByte(); break;
                case IFLA_BOND_SLAVE_LINK_FAILURE_COUNT: LinkFailureCount = reader.AsUInt32(); break;
                case IFLA_BOND_SLAVE_PERM_HWADDR: PermanentAddress = reader.AsMac(); break;
                case IFLA_BOND_SLAVE_QUEUE_ID: QueueId = reader.AsUInt16(); break;
                case IFLA_BOND_SLAVE_AD_AGGREGATOR_ID: AggregatorId = reader.AsUInt16(); break;
                case IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE: ActorOperPortState = (LacpPortState)reader.AsByte(); break;
                case IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE: PartnerOperPortState = (LacpPortState)reader.AsUInt16(); break;
                case IFLA_BOND_SLAVE_PRIO: Priority = reader.AsInt32(); break;
                case IFLA_BOND_SLAVE_ACTOR_PORT_PRIO: ActorPortPriority = reader.AsUInt16(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteByte(IFLA_BOND_SLAVE_STATE, (byte?)State);
        writer.WriteByte(IFLA_BOND_SLAVE_MII_STATUS, (byte?)MiiStatus);
        writer.WriteUInt32(IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, LinkFailureCount);
        writer.WriteMac(IFLA_BOND_SLAVE_PERM_HWADDR, PermanentAddress);
        writer.WriteUInt16(IFLA_BOND_SLAVE_QUEUE_ID, QueueId);
        writer.WriteUInt16(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, AggregatorId);
        writer.WriteByte(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, (byte?)ActorOperPortState);
        writer.WriteUInt16(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, (ushort?)PartnerOperPortState);
        writer.WriteInt32(IFLA_BOND_SLAVE_PRIO, Priority);
        writer.WriteUInt16(IFLA_BOND_SLAVE_ACTOR_PORT_PRIO, ActorPortPriority);
    }
}
