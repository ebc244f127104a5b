using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>Hands a row's value to the sink, or nothing where there is none.</summary>
internal delegate void RowWrite<T>(in T row, MetricSink sink);

/// <inheritdoc />
internal sealed class RowFamily<T>(MetricFamily family, Func<LinkTable, Rows<T>> rows, RowWrite<T> write) : TableFamily(family)
    where T : struct
{
    public override int Count(LinkTable table) => rows(table).Count;

    public override void Write(LinkTable table, int index, MetricSink sink) => write(in rows(table)[index], sink);
}
