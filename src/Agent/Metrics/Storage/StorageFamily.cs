using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Storage;

/// <summary>A family whose series are rows of the table.</summary>
/// <param name="Family">Its name and meaning.</param>
/// <param name="Count">How many series it has.</param>
/// <param name="Write">Hands one of them to the sink.</param>
internal sealed record StorageFamily(MetricFamily Family, Func<StorageTable, int> Count, Action<StorageTable, int, MetricSink> Write);
