using System.Numerics;
using NodeAgent.Metrics.Instruments;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;

namespace NodeAgent.Metrics.Links;

/// <summary>Bonds and their ports, with what LACP agreed on.</summary>
internal static class BondFamilies
{
    public static readonly TableFamily[] All =
    [
        new RowFamily<BondRow>(
            new MetricFamily("nodeagent_bond_info", MetricType.Info, "Mode of a bond, and the LACP partner of its active aggregator (empty without LACP or partner).", BondFacts.LabelNames),
            static table => table.Bonds, static (in BondRow row, MetricSink sink) => sink.Value(row.Info, 1L)),
        Bond("ports", "Ports of a bond.", static (in BondRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.Ports)),
        Bond("ports_up", "Ports of a bond whose link its monitoring sees up.", static (in BondRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.PortsUp)),
        Bond("min_links", "Ports that must be up for the bond to have carrier.", static (in BondRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.MinLinks)),
        Bond("aggregator_ports", "Ports of the active LACP aggregator; absent without LACP.", static (in BondRow row, MetricSink sink) =>
        {
            if (row.AggregatorPorts >= 0) sink.Value(row.Labels, (long)row.AggregatorPorts);
        }),
        Bond("aggregators", "LACP aggregators that the bond's ports with a link are in: of more than one, only one carries traffic; absent without LACP.", static (in BondRow row, MetricSink sink) =>
        {
            if (row.Aggregators != 0) sink.Value(row.Labels, (long)BitOperations.PopCount(row.Aggregators));
        }),
        Bond("mixed_speeds", "1 if the bond's ports with a link have different speeds, else 0; absent where no speed is known.", static (in BondRow row, MetricSink sink) =>
        {
            if (row.Speed > 0) sink.Value(row.Labels, row.MixedSpeeds ? 1L : 0);
        }),
        Port("up", MetricType.Gauge, "1 if the bond's monitoring sees the port up, else 0.", static (in PortRow row, MetricSink sink) => sink.Value(row.Labels, row.Up ? 1L : 0)),
        Port("active", MetricType.Gauge, "1 if the bond sends over the port, 0 if it is a backup.", static (in PortRow row, MetricSink sink) => sink.Value(row.Labels, row.Active ? 1L : 0)),
        Port("failures_total", MetricType.Counter, "How often the port's link failed.", static (in PortRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.Failures)),
        Port("aggregator_id", MetricType.Gauge, "LACP aggregator of the port: ports with different ones do not carry traffic together.", static (in PortRow row, MetricSink sink) =>
        {
            if (row.Aggregator >= 0) sink.Value(row.Labels, (long)row.Aggregator);
        }),
        Port("lacp_partner_ok", MetricType.Gauge, "1 if the port hears its LACP partner and both ends send and take frames, else 0; absent without LACP.", static (in PortRow row, MetricSink sink) =>
        {
            if (row is { Actor: { } actor, Partner: { } partner }) sink.Value(row.Labels, IsAgreed(actor) && IsAgreed(partner) ? 1L : 0);
        }),
        Port("churned", MetricType.Gauge, "1 if an end of the port stayed out of LACP sync for a minute, else 0; absent where the kernel does not say.", static (in PortRow row, MetricSink sink) =>
        {
            if (row.Churned is { } churned) sink.Value(row.Labels, churned ? 1L : 0);
        }),
        Port("lacp_actor_state", MetricType.Gauge, "LACP state bits of this end (IEEE 802.1AX: 63 is all well).", static (in PortRow row, MetricSink sink) => Lacp(row, row.Actor, sink)),
        Port("lacp_partner_state", MetricType.Gauge, "LACP state bits of the switch (IEEE 802.1AX: 63 is all well).", static (in PortRow row, MetricSink sink) => Lacp(row, row.Partner, sink)),
    ];

    private static RowFamily<BondRow> Bond(string name, string help, RowWrite<BondRow> write) =>
        new(new MetricFamily($"nodeagent_bond_{name}", MetricType.Gauge, help, "link"), static table => table.Bonds, write);

    private static RowFamily<PortRow> Port(string name, MetricType type, string help, RowWrite<PortRow> write) =>
        new(new MetricFamily($"nodeagent_bond_port_{name}", type, help, "bond", "link"), static table => table.BondPorts, write);

    private static bool IsAgreed(LacpPortState state) => LacpWords.IsAgreed((LacpState)state);

    private static void Lacp(in PortRow row, LacpPortState? state, MetricSink sink)
    {
        if (state is { } known) sink.Value(row.Labels, (long)known);
    }
}
