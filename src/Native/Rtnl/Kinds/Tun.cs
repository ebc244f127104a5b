using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A tun or tap device. Read only: it is created through /dev/net/tun, not by netlink.</summary>
public sealed class Tun : LinkData
{
    private const int IFLA_TUN_OWNER = 1;
    private const int IFLA_TUN_GROUP = 2;
    private const int IFLA_TUN_TYPE = 3;
    private const int IFLA_TUN_PI = 4;
    private const int IFLA_TUN_VNET_HDR = 5;
    private const int IFLA_TUN_PERSIST = 6;
    private const int IFLA_TUN_MULTI_QUEUE = 7;
    private const int IFLA_TUN_NUM_QUEUES = 8;
    private const int IFLA_TUN_NUM_DISABLED_QUEUES = 9;

    public override string Kind => LinkKinds.Tun;

    /// <summary>User id that may open it.</summary>
    public uint? Owner { get; set; }

    /// <summary>Group id that may open it.</summary>
    public uint? Group { get; set; }

    public TunType? Type { get; set; }

    public bool? PacketInformation { get; set; }

    public bool? VnetHeader { get; set; }

    /// <summary>Stays when the last user closes it.</summary>
    public bool? Persistent { get; set; }

    public bool? MultiQueue { get; set; }

    /// <summary>Queues attached; 0 means that nobody has it open.</summary>
    public uint? Queues { get; set; }

    public uint? DisabledQueues { get; set; }

    public override void Reset()
    {
        Owner = null;
        Group = null;
        Type = null;
        PacketInformation = null;
        VnetHeader = null;
        Persistent = null;
        MultiQueue = null;
        Queues = null;
        DisabledQueues = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_TUN_OWNER: Owner = reader.AsUInt32(); break;
                case IFLA_TUN_GROUP: Group = reader.AsUInt32(); break;
                case IFLA_TUN_TYPE: Type = (TunType)reader.AsByte(); break;
                case IFLA_TUN_PI: PacketInformation = reader.AsBool(); break;
                case IFLA_TUN_VNET_HDR: VnetHeader = reader.AsBool(); break;
                case IFLA_TUN_PERSIST: Persistent = reader.AsBool(); break;
                case IFLA_TUN_MULTI_QUEUE: MultiQueue = reader.AsBool(); break;
                case IFLA_TUN_NUM_QUEUES: Queues = reader.AsUInt32(); break;
                case IFLA_TUN_NUM_DISABLED_QUEUES: DisabledQueues = reader.AsUInt32(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteUInt32(IFLA_TUN_OWNER, Owner);
        writer.WriteUInt32(IFLA_TUN_GROUP, Group);
        writer.WriteByte(IFLA_TUN_TYPE, (byte?)Type);
        writer.WriteBool(IFLA_TUN_PI, PacketInformation);
        writer.WriteBool(IFLA_TUN_VNET_HDR, VnetHeader);
        writer.WriteBool(IFLA_TUN_PERSIST, Persistent);
        writer.WriteBool(IFLA_TUN_MULTI_QUEUE, MultiQueue);
        writer.WriteUInt32(IFLA_TUN_NUM_QUEUES, Queues);
        writer.WriteUInt32(IFLA_TUN_NUM_DISABLED_QUEUES, DisabledQueues);
    }
}
