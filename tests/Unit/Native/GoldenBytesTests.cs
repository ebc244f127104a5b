using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

/// <summary>Messages byte by byte, worked out by hand from the kernel headers; each test is named after the command that asks for the same.</summary>
public sealed class GoldenBytesTests
{
    /// <summary>Little-endian, as every machine that runs these tests.</summary>
    private static string Hex(INetlinkMessage message) => Convert.ToHexString(Codec.Encode(message));

    [Fact]
    public void Ip_link_add_link_2_name_v20_type_vlan_id_20()
    {
        var link = new LinkMessage { Name = "v20", Link = 2, Data = new Vlan { Id = 20 } };
        Assert.Equal(
            "00000000" + "00000000" + "00000000" + "00000000" +
            "08000300" + "76323000" +               // IFLA_IFNAME "v20"
            "08000500" + "02000000" +               // IFLA_LINK 2
            "1C001280" +                            // IFLA_LINKINFO
            "09000100" + "766C616E00000000" +       //   IFLA_INFO_KIND "vlan"
            "0C000280" +                            //   IFLA_INFO_DATA
            "06000100" + "14000000",                //     IFLA_VLAN_ID 20
            Hex(link));
    }

    [Fact]
    public void Ip_link_set_dev_7_up() =>
        Assert.Equal("00000000" + "07000000" + "01000000" + "01000000", Hex(new LinkMessage { Index = 7 }.SetUp(true)));

    [Fact]
    public void Ip_link_add_bond0_type_bond_mode_802_3ad_miimon_100_lacp_rate_fast()
    {
        var link = new LinkMessage { Name = "bond0", Data = new Bond { Mode = BondMode.Ieee8023ad, MiiMonitorInterval = 100, LacpRate = BondLacpRate.Fast } };
        Assert.Equal(
            "00000000" + "00000000" + "00000000" + "00000000" +
            "0A000300" + "626F6E6430000000" +
            "2C001280" +
            "09000100" + "626F6E6400000000" +
            "1C000280" +
            "05000100" + "04000000" +               // IFLA_BOND_MODE 4
            "08000300" + "64000000" +               // IFLA_BOND_MIIMON 100
            "05001500" + "01000000",                // IFLA_BOND_AD_LACP_RATE 1
            Hex(link));
    }

    [Fact]
    public void Bridge_vlan_add_dev_5_vid_21_100_and_vid_1_pvid_untagged()
    {
        using var batch = new NetlinkBatch();
        batch.AddBridgeVlans(5, [new BridgeVlan(21, 100), new BridgeVlan(1, BridgeVlanFlags.Pvid | BridgeVlanFlags.Untagged)]);
        Assert.Equal(
            "44000000" + "1300" + "0500" + "00000000" + "00000000" +
            "07000000" + "05000000" + "00000000" + "00000000" +
            "24001A80" +                            // IFLA_AF_SPEC
            "06000000" + "01000000" +               //   IFLA_BRIDGE_FLAGS master
            "08000200" + "08001500" +               //   IFLA_BRIDGE_VLAN_INFO begin 21
            "08000200" + "10006400" +               //   IFLA_BRIDGE_VLAN_INFO end 100
            "08000200" + "06000100",                //   IFLA_BRIDGE_VLAN_INFO 1 pvid untagged
            Convert.ToHexString(batch.Bytes(0, 68)));
    }

    [Fact]
    public void Ip_address_add_10_20_30_7_16_dev_3() =>
        Assert.Equal(
            "02100000" + "03000000" + "08000100" + "0A141E07" + "08000200" + "0A141E07",
            Hex(AddressMessage.For(3, InetAddress.Parse("10.20.30.7"), 16)));

    [Fact]
    public void Ip_route_add_default_via_10_20_30_1_dev_3_table_1000()
    {
        var route = new RouteMessage
        {
            Family = AddressFamily.Inet,
            Table = 1000,
            Protocol = RouteProtocol.Static,
            Type = RouteType.Unicast,
            Gateway = InetAddress.Parse("10.20.30.1"),
            OutputLink = 3,
        };
        Assert.Equal(
            "02000000" + "FC040001" + "00000000" +
            "08000400" + "03000000" +               // RTA_OIF 3
            "08000500" + "0A141E01" +               // RTA_GATEWAY
            "08000F00" + "E8030000",                // RTA_TABLE 1000
            Hex(route));
    }

    [Fact]
    public void Ip_route_add_192_0_2_0_24_via_inet6_fe80__1_dev_3()
    {
        var route = new RouteMessage
        {
            Family = AddressFamily.Inet,
            Table = RouteTable.Main,
            Type = RouteType.Unicast,
            Destination = InetAddress.Parse("192.0.2.0"),
            DestinationLength = 24,
            Gateway = InetAddress.Parse("fe80::1"),
            OutputLink = 3,
        };
        Assert.Equal(
            "02180000" + "FE000001" + "00000000" +
            "08000100" + "C0000200" +
            "08000400" + "03000000" +
            "16001200" + "0A00" + "FE800000000000000000000000000001" + "0000", // RTA_VIA
            Hex(route));
    }

    [Fact]
    public void Bridge_fdb_add_02_00_00_00_00_01_dev_4_master_static_vlan_20()
    {
        var entry = new NeighbourMessage
        {
            Family = AddressFamily.Bridge,
            Index = 4,
            State = NeighbourState.NoArp,
            Flags = NeighbourFlags.Master,
            LinkAddress = MacAddress.Parse("02:00:00:00:00:01"),
            Vlan = 20,
        };
        Assert.Equal("07000000" + "04000000" + "40000400" + "0A000200" + "0200000000010000" + "06000500" + "14000000", Hex(entry));
    }
}
