using NodeAgent.Network.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>What bonds and their ports do, to the API and back without loss.</summary>
internal static class BondMapping
{
    public static V1.BondStatus ToWire(BondStatus bond)
    {
        var wire = new V1.BondStatus();
        if (bond.ActivePort is { } active) wire.ActivePort = active;
        if (bond.Aggregator is { } aggregator) wire.Aggregator = aggregator;
        if (bond.AggregatorPorts is { } ports) wire.AggregatorPorts = ports;
        if (bond.ActorKey is { } actor) wire.ActorKey = actor;
        if (bond.PartnerKey is { } partner) wire.PartnerKey = partner;
        if (bond.PartnerMac is { } mac) wire.PartnerMac = mac;
        return wire;
    }

    public static BondStatus FromWire(V1.BondStatus wire) => new()
    {
        ActivePort = wire.HasActivePort ? wire.ActivePort : null,
        Aggregator = wire.HasAggregator ? wire.Aggregator : null,
        AggregatorPorts = wire.HasAggregatorPorts ? wire.AggregatorPorts : null,
        ActorKey = wire.HasActorKey ? wire.ActorKey : null,
        PartnerKey = wire.HasPartnerKey ? wire.PartnerKey : null,
        PartnerMac = wire.HasPartnerMac ? wire.PartnerMac : null,
    };

    public static V1.BondPortStatus ToWire(BondPortStatus port)
    {
        var wire = new V1.BondPortStatus
        {
            Monitor = (V1.BondPortMonitor)((int)port.Monitor + 1),
            Active = port.Active,
            LinkFailures = port.LinkFailures,
            Actor = port.Actor is { } actor ? ToWire(actor) : null,
            Partner = port.Partner is { } partner ? ToWire(partner) : null,
            Detail = port.Detail is { } detail ? ToWire(detail) : null,
        };
        if (port.Aggregator is { } aggregator) wire.Aggregator = aggregator;
        return wire;
    }

    public static BondPortStatus FromWire(V1.BondPortStatus wire) => new()
    {
        // A word of a newer agent: not known to carry traffic.
        Monitor = wire.Monitor is > V1.BondPortMonitor.Unspecified and <= V1.BondPortMonitor.ComingBack ? (LinkMonitorState)((int)wire.Monitor - 1) : LinkMonitorState.Down,
        Active = wire.Active,
        LinkFailures = wire.LinkFailures,
        Aggregator = wire.HasAggregator ? wire.Aggregator : null,
        Actor = wire.Actor is { } actor ? FromWire(actor) : null,
        Partner = wire.Partner is { } partner ? FromWire(partner) : null,
        Detail = wire.Detail is { } detail ? FromWire(detail) : null,
    };

    private static V1.BondPortDetail ToWire(BondPortDetail detail)
    {
        var wire = new V1.BondPortDetail { ActorChurn = (V1.ChurnState)detail.ActorChurn, PartnerChurn = (V1.ChurnState)detail.PartnerChurn };
        if (detail.PartnerMac is { } mac) wire.PartnerMac = mac;
        if (detail.PartnerKey is { } key) wire.PartnerKey = key;
        if (detail.PartnerPort is { } number) wire.PartnerPort = number;
        if (detail.ActorChurns is { } actor) wire.ActorChurns = actor;
        if (detail.PartnerChurns is { } partner) wire.PartnerChurns = partner;
        if (detail.Speed is { } speed) wire.SpeedMegabits = speed;
        if (detail.Duplex is { } duplex) wire.Duplex = duplex;
        if (detail.RecentFailures is { } failures) wire.RecentFailures = failures;
        return wire;
    }

    private static BondPortDetail FromWire(V1.BondPortDetail wire) => new()
    {
        PartnerMac = wire.HasPartnerMac ? wire.PartnerMac : null,
        PartnerKey = wire.HasPartnerKey ? wire.PartnerKey : null,
        PartnerPort = wire.HasPartnerPort ? wire.PartnerPort : null,
        ActorChurn = Churn(wire.ActorChurn),
        PartnerChurn = Churn(wire.PartnerChurn),
        ActorChurns = wire.HasActorChurns ? wire.ActorChurns : null,
        PartnerChurns = wire.HasPartnerChurns ? wire.PartnerChurns : null,
        Speed = wire.HasSpeedMegabits ? wire.SpeedMegabits : null,
        Duplex = wire.HasDuplex ? wire.Duplex : null,
        RecentFailures = wire.HasRecentFailures ? wire.RecentFailures : null,
    };

    // The values are the same on both sides.
    private static ChurnState Churn(V1.ChurnState wire) => wire is >= V1.ChurnState.Unspecified and <= V1.ChurnState.Churned ? (ChurnState)wire : ChurnState.Unknown;

    private static V1.LacpState ToWire(LacpState state) => new()
    {
        Activity = state.HasFlag(LacpState.Activity),
        Timeout = state.HasFlag(LacpState.Timeout),
        Aggregation = state.HasFlag(LacpState.Aggregation),
        Synchronization = state.HasFlag(LacpState.Synchronization),
        Collecting = state.HasFlag(LacpState.Collecting),
        Distributing = state.HasFlag(LacpState.Distributing),
        Defaulted = state.HasFlag(LacpState.Defaulted),
        Expired = state.HasFlag(LacpState.Expired),
    };

    private static LacpState FromWire(V1.LacpState wire) =>
        (wire.Activity ? LacpState.Activity : 0)
        | (wire.Timeout ? LacpState.Timeout : 0)
        | (wire.Aggregation ? LacpState.Aggregation : 0)
        | (wire.Synchronization ? LacpState.Synchronization : 0)
        | (wire.Collecting ? LacpState.Collecting : 0)
        | (wire.Distributing ? LacpState.Distributing : 0)
        | (wire.Defaulted ? LacpState.Defaulted : 0)
        | (wire.Expired ? LacpState.Expired : 0);
}
