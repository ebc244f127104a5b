using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class BondTests
{
    [SkippableFact]
    public void Options_of_802_3ad() => KernelTest.Run(c =>
    {
        c.Do(b => b.NewLink(new LinkMessage
        {
            Name = "bond0",
            Data = new Bond
            {
                Mode = BondMode.Ieee8023ad,
                MiiMonitorInterval = 100,
                UpDelay = 200,
                DownDelay = 300,
                LacpRate = BondLacpRate.Fast,
                AdSelect = BondAdSelect.Bandwidth,
                TransmitHashPolicy = BondTransmitHashPolicy.Layer34,
                MinLinks = 1,
                AdActorSystemPriority = 100,
                AdUserPortKey = 7,
                AdActorSystem = MacAddress.Parse("02:00:00:00:00:77"),
                LacpActive = true,
            },
        }));
        var shown = Iproute.LinkData("bond0");
        Assert.Equal("802.3ad", (string?)shown["mode"]);
        Assert.Equal(100, (int)shown["miimon"]!);
        Assert.Equal(200, (int)shown["updelay"]!);
        Assert.Equal(300, (int)shown["downdelay"]!);
        Assert.Equal("fast", (string?)shown["ad_lacp_rate"]);
        Assert.Equal("bandwidth", (string?)shown["ad_select"]);
        Assert.Equal("layer3+4", (string?)shown["xmit_hash_policy"]);
        Assert.Equal(1, (int)shown["min_links"]!);
        Assert.Equal(100, (int)shown["ad_actor_sys_prio"]!);
        Assert.Equal(7, (int)shown["ad_user_port_key"]!);
        Assert.Equal("02:00:00:00:00:77", (string?)shown["ad_actor_system"]);

        var bond = c.Data<Bond>("bond0");
        Assert.Equal(BondMode.Ieee8023ad, bond.Mode);
        Assert.Equal(100u, bond.MiiMonitorInterval);
        Assert.Equal(BondLacpRate.Fast, bond.LacpRate);
        Assert.Equal(BondTransmitHashPolicy.Layer34, bond.TransmitHashPolicy);
        Assert.Equal(MacAddress.Parse("02:00:00:00:00:77"), bond.AdActorSystem);
        Assert.True(bond.LacpActive);

        var refusal = c.Refused(b => b.SetLink(new LinkMessage { Name = "bond0", Data = new Bond { ArpInterval = 100 } }));
        Assert.NotEqual(0, refusal.Errno);
        Assert.StartsWith("change link bond0: ", refusal.Message, StringComparison.Ordinal);
    }, LinkKinds.Bond);

    [SkippableFact]
    public void Options_of_active_backup() => KernelTest.Run(c =>
    {
        c.Pair("p0", "s0");
        var port = Iproute.Index("p0");
        c.Do(b =>
        {
            b.NewLink(new LinkMessage
            {
                Index = 500,
                Name = "bond0",
                Data = new Bond
                {
                    Mode = BondMode.ActiveBackup,
                    ArpInterval = 250,
                    ArpIpTargets = [InetAddress.Parse("192.0.2.1"), InetAddress.Parse("192.0.2.2")],
                    ArpValidate = BondArpValidate.Active,
                    ArpAllTargets = BondArpAllTargets.All,
                    PrimaryReselect = BondPrimaryReselect.Better,
                    FailOverMac = BondFailOverMac.Active,
                    ResendIgmp = 3,
                    PeerNotifications = 2,
                    AllPortsActive = true,
                },
            });
            b.SetLink(new LinkMessage { Index = port, Master = 500 });
            b.SetLink(new LinkMessage { Index = 500, Data = new Bond { Primary = port } });
        });
        var shown = Iproute.LinkData("bond0");
        Assert.Equal("active-backup", (string?)shown["mode"]);
        Assert.Equal(250, (int)shown["arp_interval"]!);
        Assert.Equal(["192.0.2.1", "192.0.2.2"], shown["arp_ip_target"]!.AsArray().Select(target => (string?)target));
        Assert.Equal("active", (string?)shown["arp_validate"]);
        Assert.Equal("all", (string?)shown["arp_all_targets"]);
        Assert.Equal("better", (string?)shown["primary_reselect"]);
        Assert.Equal("active", (string?)shown["fail_over_mac"]);
        Assert.Equal("p0", (string?)shown["primary"]);

        var bond = c.Data<Bond>("bond0");
        Assert.Equal([InetAddress.Parse("192.0.2.1"), InetAddress.Parse("192.0.2.2")], bond.ArpIpTargets!);
        Assert.Equal(port, bond.Primary);
        Assert.Equal(BondFailOverMac.Active, bond.FailOverMac);
        Assert.Equal(3u, bond.ResendIgmp);
        Assert.Equal((byte)2, bond.PeerNotifications);
        Assert.True(bond.AllPortsActive);
    }, LinkKinds.Bond, LinkKinds.Veth);

    [SkippableFact]
    public void Ports_and_their_lacp_state() => KernelTest.Run(c =>
    {
        // Two bonds back to back: a real LACP partner.
        c.Do(b =>
        {
            foreach (var (bond, index) in new[] { ("near", 500), ("far", 600) })
                b.NewLink(new LinkMessage { Index = index, Name = bond, Data = new Bond { Mode = BondMode.Ieee8023ad, MiiMonitorInterval = 100, LacpRate = BondLacpRate.Fast } });
            for (var i = 0; i < 2; i++)
            {
                b.NewLink(new LinkMessage { Index = 501 + i, Name = $"n{i}", Data = new Veth { Peer = new LinkMessage { Index = 601 + i, Name = $"f{i}" } } });
                b.SetLink(new LinkMessage { Index = 501 + i, Master = 500 });
                b.SetLink(new LinkMessage { Index = 601 + i, Master = 600 });
            }

            b.SetLink(new LinkMessage { Index = 500 }.SetUp(true));
            b.SetLink(new LinkMessage { Index = 600 }.SetUp(true));
        });

        // The second port joins when it joins, be it after the first one is in use.
        Wait.Until(() => Distributes(Port(c)) && c.Data<Bond>("near").AdInfo?.Ports == 2);
        var port = Port(c);
        Assert.True(Distributes(port.PartnerOperPortState), $"the partner is {port.PartnerOperPortState}");
        Assert.True(Distributes(port.ActorOperPortState), $"this end is {port.ActorOperPortState}");
        Assert.Equal(BondMiiStatus.Up, port.MiiStatus);
        Assert.Equal(BondPortState.Active, port.State);
        Assert.NotNull(port.PermanentAddress);

        var bond = c.Data<Bond>("near");
        Assert.Equal(port.AggregatorId, bond.AdInfo!.Value.AggregatorId);
        Assert.Equal(2, bond.AdInfo.Value.Ports);
        Assert.Equal(c.Link("far").Address, bond.AdInfo.Value.PartnerMac);
        var shown = Iproute.PortData("n0");
        Assert.Equal((int)shown["ad_aggregator_id"]!, (int)port.AggregatorId!);
        Assert.Equal("UP", (string?)shown["mii_status"]);
    }, LinkKinds.Bond, LinkKinds.Veth);

    private static BondPort Port(NetlinkConnection connection) => Assert.IsType<BondPort>(connection.Link("n0").PortData);

    private static bool Distributes(BondPort port) => Distributes(port.PartnerOperPortState) && Distributes(port.ActorOperPortState);

    private static bool Distributes(LacpPortState? state) => state is { } known && known.HasFlag(LacpPortState.Distributing);
}
