using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Bench.Migration;

/// <summary>When the first question of what became a version of the store was asked.</summary>
internal sealed class SampleTimes(MigrationStore store) : ISamplingObserver
{
    private readonly TimeSpan[] _asked = new TimeSpan[1 << 16];

    // Under the sampler's lock: one at a time, before what is sampled is published.
    public void Sampled(TimeSpan took, bool failed)
    {
        ref var asked = ref _asked[(store.Version + 1) % _asked.Length];
        if (asked == default) asked = SourceClock.Now - took;
    }

    /// <summary>Null: no sample came with this version.</summary>
    public TimeSpan? Of(long version) => _asked[version % _asked.Length] is var asked && asked > TimeSpan.Zero ? asked : null;
}
