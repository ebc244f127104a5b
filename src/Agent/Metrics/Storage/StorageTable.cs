using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;

namespace NodeAgent.Metrics.Storage;

/// <summary>The series of one state of storage. What did not change since the former table keeps its labels.</summary>
internal sealed class StorageTable : IMetricSnapshot
{
    private static readonly LabelSet[] s_sources = [.. SourceWords.All.Select(static s => new LabelSet(("state", SourceWords.Of(s))))];

    private readonly TimeProvider _clock;

    /// <param name="state">What is shown.</param>
    /// <param name="former">The table before; null: there is none.</param>
    /// <param name="clock">Times that run on are counted to its now.</param>
    public StorageTable(StorageState state, StorageTable? former, TimeProvider clock)
    {
        (Version, Source, _clock) = (state.Version, state.Source, clock);
        var known = former?.Maps.ToDictionary(static m => m.Judged.Map.Name, StringComparer.Ordinal);
        Maps = [.. state.Maps.Values.Select(m => known is not null && known.TryGetValue(m.Map.Name, out var row) && ReferenceEquals(row.Judged, m) ? row : new MapRow(m))];
        Paths = [.. Maps.SelectMany(static m => m.Paths)];
        PathStates = [.. Maps.SelectMany(static m => m.PathStates)];
        Initiators = [.. state.Initiators.Values.Select(i => former is not null && Array.Find(former.Initiators, r => ReferenceEquals(r.Initiator, i)) is { } row ? row : new InitiatorRow(i))];
        Counters = [.. Initiators.SelectMany(static i => i.Counters)];
        Remotes = [.. Initiators.SelectMany(static i => i.Remotes)];
    }

    public long Version { get; }

    public StorageSource? Source { get; }

    public MapRow[] Maps { get; }

    public PathRow[] Paths { get; }

    public (LabelSet Labels, long Count)[] PathStates { get; }

    public InitiatorRow[] Initiators { get; }

    public (LabelSet Labels, ulong Value)[] Counters { get; }

    public RemoteRow[] Remotes { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public int Count(int family) => StorageFamilies.All[family].Count(this);

    public void Write(int family, int index, MetricSink sink) => StorageFamilies.All[family].Write(this, index, sink);

    public void Dispose()
    {
    }

    /// <summary>1 for the state the source is in.</summary>
    public void WriteSource(int index, MetricSink sink) => sink.Value(s_sources[index], SourceWords.All[index] == Source?.State ? 1L : 0);
}
