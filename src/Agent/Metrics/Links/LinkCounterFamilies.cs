using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>What went through a link: the sums of node_exporter's netdev collector (and /proc/net/dev) under our names.</summary>
internal static class LinkCounterFamilies
{
    public static readonly TableFamily[] All =
    [
        Changes("carrier_changes", "How often carrier came or went.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.CarrierChanges)),
        Changes("carrier_up_changes", "How often carrier came.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.CarrierUps)),
        Changes("carrier_down_changes", "How often carrier went.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, (long)row.CarrierDowns)),
        Counter("receive_bytes", "Bytes received.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxBytes)),
        Counter("receive_packets", "Packets received.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxPackets)),
        Counter("receive_errs", "Receive errors of all kinds.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxErrors)),
        Counter("receive_drop", "Received packets dropped, and missed by the device.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxDropped + row.Statistics.RxMissedErrors)),
        Counter("receive_fifo", "Receive errors of the device's FIFO.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxFifoErrors)),
        Counter("receive_frame", "Receive errors of length, overrun, CRC and frame.", static (in LinkRow row, MetricSink sink) =>
            sink.Value(row.Entry.Labels, row.Statistics.RxLengthErrors + row.Statistics.RxOverErrors + row.Statistics.RxCrcErrors + row.Statistics.RxFrameErrors)),
        Counter("receive_compressed", "Compressed packets received.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxCompressed)),
        Counter("receive_multicast", "Multicast packets received.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.Multicast)),
        Counter("receive_nohandler", "Received packets that no protocol took.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.RxNoHandler)),
        Counter("transmit_bytes", "Bytes sent.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.TxBytes)),
        Counter("transmit_packets", "Packets sent.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.TxPackets)),
        Counter("transmit_errs", "Transmit errors of all kinds.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.TxErrors)),
        Counter("transmit_drop", "Packets to send that were dropped.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.TxDropped)),
        Counter("transmit_fifo", "Transmit errors of the device's FIFO.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.TxFifoErrors)),
        Counter("transmit_colls", "Collisions.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.Collisions)),
        Counter("transmit_carrier", "Transmit errors of carrier, abort, window and heartbeat.", static (in LinkRow row, MetricSink sink) =>
            sink.Value(row.Entry.Labels, row.Statistics.TxCarrierErrors + row.Statistics.TxAbortedErrors + row.Statistics.TxHeartbeatErrors + row.Statistics.TxWindowErrors)),
        Counter("transmit_compressed", "Compressed packets sent.", static (in LinkRow row, MetricSink sink) => sink.Value(row.Entry.Labels, row.Statistics.TxCompressed)),
    ];

    private static RowFamily<LinkRow> Changes(string name, string help, RowWrite<LinkRow> write) =>
        Family(name, help, (in LinkRow row, MetricSink sink) =>
        {
            if (row.HasCarrierCounts) write(in row, sink);
        });

    private static RowFamily<LinkRow> Counter(string name, string help, RowWrite<LinkRow> write) =>
        Family(name, help, (in LinkRow row, MetricSink sink) =>
        {
            if (row.HasStatistics) write(in row, sink);
        });

    private static RowFamily<LinkRow> Family(string name, string help, RowWrite<LinkRow> write) =>
        new(new MetricFamily($"nodeagent_link_{name}_total", MetricType.Counter, help, "link"), static table => table.Links, write);
}
