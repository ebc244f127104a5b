using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>The active aggregator of an 802.3ad bond.</summary>
public readonly record struct BondAdInfo(ushort AggregatorId, ushort Ports, ushort ActorKey, ushort PartnerKey, MacAddress? PartnerMac)
{
    private const int IFLA_BOND_AD_INFO_AGGREGATOR = 1;
    private const int IFLA_BOND_AD_INFO_NUM_PORTS = 2;
    private const int IFLA_BOND_AD_INFO_ACTOR_KEY = 3;
    private const int IFLA_BOND_AD_INFO_PARTNER_KEY = 4;
    private const int IFLA_BOND_AD_INFO_PARTNER_MAC = 5;

    internal static BondAdInfo Decode(AttributeReader reader)
    {
        var info = new BondAdInfo();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_BOND_AD_INFO_AGGREGATOR: info = info with { AggregatorId = reader.AsUInt16() }; break;
                case IFLA_BOND_AD_INFO_NUM_PORTS: info = info with { Ports = reader.AsUInt16() }; break;
                case IFLA_BOND_AD_INFO_ACTOR_KEY: info = info with { ActorKey = reader.AsUInt16() }; break;
                case IFLA_BOND_AD_INFO_PARTNER_KEY: info = info with { PartnerKey = reader.AsUInt16() }; break;
                case IFLA_BOND_AD_INFO_PARTNER_MAC: info = info with { PartnerMac = reader.AsMac() }; break;
            }
        }

        return info;
    }

    internal void Encode(NetlinkWriter writer, int type)
    {
        var nested = writer.BeginNested(type);
        writer.WriteUInt16(IFLA_BOND_AD_INFO_AGGREGATOR, AggregatorId);
        writer.WriteUInt16(IFLA_BOND_AD_INFO_NUM_PORTS, Ports);
        writer.WriteUInt16(IFLA_BOND_AD_INFO_ACTOR_KEY, ActorKey);
        writer.WriteUInt16(IFLA_BOND_AD_INFO_PARTNER_KEY, PartnerKey);
        writer.WriteMac(IFLA_BOND_AD_INFO_PARTNER_MAC, PartnerMac);
        writer.EndNested(nested);
    }
}
