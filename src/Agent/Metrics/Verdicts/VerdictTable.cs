using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Verdicts;

/// <summary>The series of the verdicts at one time.</summary>
/// <param name="Edition">Which change of the board it shows.</param>
/// <param name="Rows">By kind and object.</param>
internal sealed record VerdictTable(long Edition, VerdictRow[] Rows) : IMetricSnapshot
{
    public int Count(int family) => Rows.Length;

    public void Write(int family, int index, MetricSink sink)
    {
        var row = Rows[index];
        if (family == 0) sink.Value(row.Info, 1L);
        else if (family == 1) sink.Value(row.Labels, (long)row.Standing.Verdict.Severity);
        else sink.Value(row.Labels, row.Standing.Since.ToUnixTimeMilliseconds() / 1000.0);
    }

    public void Dispose()
    {
    }
}
