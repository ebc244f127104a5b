using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>What a link is and how it stands: the values of node_exporter's netclass collector under our names.</summary>
internal static class LinkStateFamilies
{
    public static readonly TableFamily[] All =
    [
        new RowFamily<LinkRow>(
            new("nodeagent_link_info", MetricType.Info, "What a link is: addresses, duplex, operational and administrative state, alias, kind (empty for hardware) and the bridge or bond it is a port of.",
                LinkFacts.LabelNames),
            static table => table.Links, static (in LinkRow row, MetricSink sink) => sink.Value(row.Info, 1L)),
        Gauge("up", "1 if the link is operationally up (RFC 2863), else 0.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Up ? 1L : 0)),
        Gauge("carrier", "1 if the link has carrier, else 0.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Carrier ? 1L : 0)),
        Gauge("dormant", "1 if the link waits for something outside, such as 802.1X, else 0.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Dormant ? 1L : 0)),
        Gauge("flags", "IFF_ flags of the link as in /sys/class/net/*/flags.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.Flags)),
        Gauge("iface_id", "Index of the link.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.Entry.Index)),
        Gauge("iface_link", "Index of the link below or of the peer; its own where there is none.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.Link)),
        Gauge("iface_link_mode", "Link mode: 0 default, 1 dormant.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.LinkMode)),
        Gauge("mtu_bytes", "Largest packet the link takes.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.Mtu)),
        Gauge("net_dev_group", "Link group.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.Group)),
        Gauge("protocol_type", "ARPHRD_ type of the hardware: 1 Ethernet, 772 loopback.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.HardwareType)),
        Gauge("transmit_queue_length", "Packets the transmit queue holds.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.QueueLength)),
        Gauge("speed_bytes", "Speed of the link in bytes per second; absent where the link has none.", static (in LinkRow row, MetricSink sink) => Known(row, row.Entry.Attributes?.Speed, sink)),
        Gauge("address_assign_type", "How the address came about: 0 permanent, 1 random, 2 taken from another link, 3 set.", static (in LinkRow row, MetricSink sink) => Known(row, row.Entry.Attributes?.AddressAssignType, sink)),
        Gauge("name_assign_type", "How the name came about: 0 unknown, 1 enumerated by the kernel, 2 predictable by the kernel, 3 by user space, 4 renamed.",
            static (in LinkRow row, MetricSink sink) => Known(row, row.Entry.Attributes?.NameAssignType, sink)),
        Gauge("device_id", "Tells apart links that share one device and address.", static (in LinkRow row, MetricSink sink) => Known(row, row.Entry.Attributes?.DeviceId, sink)),
    ];

    private static RowFamily<LinkRow> Gauge(string name, string help, RowWrite<LinkRow> write) =>
        new(new MetricFamily($"nodeagent_link_{name}", MetricType.Gauge, help, "link"), static table => table.Links, write);

    private static void Known(in LinkRow row, long? value, MetricSink sink)
    {
        if (value is { } known) sink.Value(row.Entry.Labels, known);
    }
}
