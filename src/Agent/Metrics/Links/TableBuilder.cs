using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Kernel;
using NodeAgent.Network.Model;

namespace NodeAgent.Metrics.Links;

/// <summary>From the kernel's messages to the rows that are shown.</summary>
internal static class TableBuilder
{
    // dev_get_flags() adds these for user space to the flags that /sys/class/net/*/flags shows…
    private const LinkFlags Derived = LinkFlags.Running | LinkFlags.LowerUp | LinkFlags.Dormant;

    // …and shows of these only what user space itself asked for.
    private const LinkFlags Counted = LinkFlags.Promiscuous | LinkFlags.AllMulticast;

    public static void Build(LinkTable table, LinkIndex index, List<LinkMessage> links, List<LinkMessage> ports, PortDetails details)
    {
        foreach (var link in links)
        {
            var entry = index.Find(link.Index)!;
            Put(ref table.Links.Next(), entry, link, index);
            (entry.BridgeRow, entry.BondRow) = (-1, -1);
            switch (link.Data)
            {
                case Bridge bridge:
                    entry.BridgeRow = table.Bridges.Count;
                    table.Bridges.Next() = new BridgeRow { Labels = entry.Labels, Filters = bridge.VlanFiltering ?? false };
                    break;
                case Bond bond:
                    entry.BondRow = table.Bonds.Count;
                    Put(ref table.Bonds.Next(), entry, bond);
                    break;
                case Vlan vlan:
                    PutVlan(table, entry, link, vlan, index);
                    break;
            }
        }

        foreach (var link in links) Count(table, index, link, details);
        foreach (var port in ports) PutVlans(table, index, port);
    }

    private static void Put(ref LinkRow row, LinkEntry entry, LinkMessage link, LinkIndex index)
    {
        row.Entry = entry;
        row.Info = entry.Info.For(new LinkFacts(
            entry.Label, link.Address, link.BroadcastAddress, entry.Attributes?.Duplex, link.OperState ?? OperState.Unknown, link.IsUp, link.Alias, link.Kind, index.Find(link.Master)?.Label));
        row.HasStatistics = link.Statistics is not null;
        row.Statistics = link.Statistics.GetValueOrDefault();
        row.HasCarrierCounts = link.CarrierChanges is not null;
        row.CarrierChanges = link.CarrierChanges ?? 0;
        row.CarrierUps = link.CarrierUpCount ?? 0;
        row.CarrierDowns = link.CarrierDownCount ?? 0;
        row.Flags = FlagsOf(link);
        row.Group = link.Group ?? 0;
        row.Mtu = link.Mtu ?? 0;
        row.QueueLength = link.TxQueueLength ?? 0;
        row.Link = link.Link ?? link.Index;
        row.HardwareType = link.HardwareType;
        row.LinkMode = link.LinkMode ?? 0;
        row.Carrier = link.Carrier ?? false;
        row.Dormant = (link.Flags & LinkFlags.Dormant) != 0;
        row.Up = link.OperState == OperState.Up;
    }

    private static uint FlagsOf(LinkMessage link)
    {
        var flags = link.Flags & ~(Derived | Counted);
        if (link.Promiscuity is null) flags |= link.Flags & LinkFlags.Promiscuous;
        else if (link.Promiscuity > 0) flags |= LinkFlags.Promiscuous;
        if (link.AllMulticast is null) flags |= link.Flags & LinkFlags.AllMulticast;
        else if (link.AllMulticast > 0) flags |= LinkFlags.AllMulticast;
        return (uint)flags;
    }

    private static void Put(ref BondRow row, LinkEntry entry, Bond bond) => row = new BondRow
    {
        Labels = entry.Labels,
        Info = entry.BondInfo.For(new BondFacts(entry.Label, bond.Mode, bond.AdInfo?.PartnerMac is { Value: not 0 } partner ? partner : null)),
        MinLinks = bond.MinLinks ?? 0,
        AggregatorPorts = bond.AdInfo?.Ports ?? -1,
    };

    private static void PutVlan(LinkTable table, LinkEntry entry, LinkMessage link, Vlan vlan, LinkIndex index)
    {
        var lower = link.LinkNetnsId is null ? index.Find(link.Link)?.Label ?? "" : "";
        table.Vlans.Next().Info = entry.VlanInfo.For(new VlanFacts(entry.Label, lower, vlan.Id ?? 0, vlan.Protocol ?? Vlan.Protocol8021Q));
    }

    // A port counts for its bridge or bond, wherever in the list that is.
    private static void Count(LinkTable table, LinkIndex index, LinkMessage link, PortDetails details)
    {
        if (index.Find(link.Master) is not { } master) return;
        if (master.BridgeRow >= 0)
        {
            ref var bridge = ref table.Bridges.AsSpan()[master.BridgeRow];
            bridge.Ports++;
            if (LinkBinding.TypeOf(link) is InterfaceType.Tun or InterfaceType.Veth or InterfaceType.Other) bridge.Guests++;
        }
        else if (master.BondRow >= 0)
        {
            ref var bond = ref table.Bonds.AsSpan()[master.BondRow];
            bond.Ports++;
            if (link.PortData is not BondPort port) return;
            var entry = index.Find(link.Index)!;
            if (port.MiiStatus == BondMiiStatus.Up) PutUp(ref bond, entry, port);
            PutPort(table, master, entry, port, details.Of(link.Index));
        }
    }

    private static void PutUp(ref BondRow bond, LinkEntry entry, BondPort port)
    {
        bond.PortsUp++;
        if (port.AggregatorId is { } aggregator) bond.Aggregators |= 1UL << (aggregator & 63);
        if (entry.Attributes?.Speed is not { } speed) return;
        bond.MixedSpeeds |= bond.Speed > 0 && bond.Speed != speed;
        bond.Speed = speed;
    }

    private static void PutPort(LinkTable table, LinkEntry bond, LinkEntry entry, BondPort port, BondPortDetail? detail) => table.BondPorts.Next() = new PortRow
    {
        Labels = entry.Port.For(new PortFacts("bond", bond.Label, entry.Label)),
        Up = port.MiiStatus == BondMiiStatus.Up,
        Active = port.State == BondPortState.Active,
        Failures = port.LinkFailureCount ?? 0,
        Aggregator = port.AggregatorId ?? -1,
        Actor = port.ActorOperPortState,
        Partner = port.PartnerOperPortState,
        Churned = detail is null or { ActorChurn: ChurnState.Unknown } ? null : detail.ActorChurn == ChurnState.Churned || detail.PartnerChurn == ChurnState.Churned,
    };

    private static void PutVlans(LinkTable table, LinkIndex index, LinkMessage port)
    {
        if (port.BridgeVlans is not { } vlans || index.Find(port.Index) is not { } entry) return;
        var count = 0;
        foreach (var vlan in vlans) count += vlan.Count;
        if (entry.BridgeRow >= 0)
        {
            table.Bridges.AsSpan()[entry.BridgeRow].Vlans = count;
        }
        else if (index.Find(port.Master) is { BridgeRow: >= 0 } bridge && table.Bridges[bridge.BridgeRow].Filters)
        {
            table.BridgePorts.Next() = new PortRow { Labels = entry.Port.For(new PortFacts("bridge", bridge.Label, entry.Label)), Vlans = count };
        }
    }
}
