using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Migration;

/// <summary>A family whose series are rows of the table.</summary>
/// <param name="Family">Its name and meaning.</param>
/// <param name="Count">How many series it has.</param>
/// <param name="Write">Hands one of them to the sink.</param>
internal sealed record MigrationFamily(MetricFamily Family, Func<MigrationTable, int> Count, Action<MigrationTable, int, MetricSink> Write);
