using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>Bridges, and the VLANs their ports carry.</summary>
internal static class BridgeFamilies
{
    public static readonly TableFamily[] All =
    [
        Bridge("ports", "Ports of a bridge.", static (in BridgeRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.Ports)),
        Bridge("guest_ports", "Ports of a bridge that guests bring: taps, veths and links of unknown kinds.", static (in BridgeRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.Guests)),
        Bridge("vlan_filtering", "1 if the bridge filters VLANs, else 0.", static (in BridgeRow row, MetricSink sink) => sink.Value(row.Labels, row.Filters ? 1L : 0)),
        Bridge("vlans", "VLANs of the bridge itself; absent where it does not filter VLANs.", static (in BridgeRow row, MetricSink sink) =>
        {
            if (row.Filters) sink.Value(row.Labels, (long)row.Vlans);
        }),
        new RowFamily<PortRow>(
            new MetricFamily("nodeagent_bridge_port_vlans", MetricType.Gauge, "VLANs a port of a bridge that filters them carries.", "bridge", "link"),
            static table => table.BridgePorts, static (in PortRow row, MetricSink sink) => sink.Value(row.Labels, (long)row.Vlans)),
    ];

    private static RowFamily<BridgeRow> Bridge(string name, string help, RowWrite<BridgeRow> write) =>
        new(new MetricFamily($"nodeagent_bridge_{name}", MetricType.Gauge, help, "link"), static table => table.Bridges, write);
}
