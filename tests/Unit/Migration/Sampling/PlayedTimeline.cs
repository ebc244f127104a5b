using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using NodeAgent.Migration.Traces;
using NodeAgent.Tests.Support.Migrations;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>A recorded migration played to a sampler: events at their time, samples when it asks.</summary>
internal static class PlayedTimeline
{
    /// <summary>Plays it from its first entry to its last, and a while on.</summary>
    public static MigrationStatus Play(SamplerHouse house, string name, GuestSourceKind kind)
    {
        house.Sources.Kind = kind;
        var source = house.Come(SamplerHouse.Guest(1));
        var origin = house.Now;
        foreach (var entry in Timelines.Named(name).Read().Entries)
        {
            var wait = origin + entry.Sample.At - house.Now;
            if (wait > TimeSpan.Zero) house.Advance(wait.TotalSeconds);
            Play(source, entry, kind);
        }

        house.Advance(7);
        return Xunit.Assert.Single(house.Statuses());
    }

    private static void Play(FakeGuestSource source, TraceEntry entry, GuestSourceKind kind)
    {
        var sample = entry.Sample;
        if (entry.SyncedPass is { } pass) source.Tell(SourceEventKind.Pass, pass: pass);
        else if (IsEvent(sample)) source.Tell(SourceEventKind.Phase, sample.Phase!.Value);
        else if (sample.ObservedDowntime is null) Answer(source, sample, kind);
    }

    // QEMU's timelines have its events; libvirt tells of a start, and of the end with its statistics.
    private static void Answer(FakeGuestSource source, MigrationSample sample, GuestSourceKind kind)
    {
        var begins = source.Sample.Phase is null or MigrationPhase.None && sample.Phase is not (null or MigrationPhase.None);
        source.Sample = sample;
        if (kind != GuestSourceKind.Libvirt) return;
        if (begins) source.Tell(SourceEventKind.Look);
        if (sample.Phase is MigrationPhase.Completed) source.Tell(SourceEventKind.Completed, statistics: sample);
    }

    private static bool IsEvent(in MigrationSample sample) => sample is { Phase: not null, Elapsed: null, TotalBytes: null, Error: null, Setup: null };
}
