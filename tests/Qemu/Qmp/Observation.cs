using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using Xunit;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>A real migration as the agent's source told it, and what the forecaster made of it.</summary>
internal sealed class Observation
{
    private static readonly TimeSpan s_rate = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly MigrationForecaster _forecaster = new();
    private int _heard;

    public List<MigrationSample> Samples { get; } = [];

    public List<MigrationForecast> Forecasts { get; } = [];

    /// <summary>What the source heard in this migration.</summary>
    public List<SourceEvent> Events { get; } = [];

    public MigrationSample Last => Samples[^1];

    public MigrationVerdict Verdict => Forecasts[^1].Verdict;

    public IEnumerable<MigrationPhase> Phases => Events.Where(static e => e.Kind == SourceEventKind.Phase).Select(static e => e.Phase);

    public IEnumerable<long> Passes => Events.Where(static e => e.Kind == SourceEventKind.Pass).Select(static e => e.Pass);

    /// <summary>Begins the migration and follows it to its end.</summary>
    /// <param name="source">Read by the agent.</param>
    /// <param name="migration">Prepared.</param>
    /// <param name="act">After each sample.</param>
    public static async Task<Observation> OfAsync(ReadGuest source, LiveMigration migration, Action<Observation>? act = null)
    {
        var observation = new Observation { _heard = source.Notes.Events.Count };
        migration.Start();
        await observation.FollowAsync(source, act);
        return observation;
    }

    /// <summary>Follows one that has begun.</summary>
    public static async Task<Observation> UnderWayAsync(ReadGuest source)
    {
        var observation = new Observation { _heard = source.Notes.Events.Count };
        await observation.FollowAsync(source, null);
        return observation;
    }

    /// <summary>The most that QEMU reported: a pass in which the machine let the guest stand still says little of it.</summary>
    public double DirtyBytesPerSecond => Samples.Max(static s => s.DirtyBytesPerSecond ?? 0);

    /// <summary>Counters that only grow, times within times, rates within limits.</summary>
    public void AssertSane(LiveMigration migration)
    {
        long sent = 0;
        foreach (var sample in Samples.Where(static s => s.TotalBytes is not null))
        {
            Assert.InRange(sample.RemainingBytes!.Value, 0, sample.TotalBytes!.Value);
            Assert.True(sample.TransferredBytes >= sent, $"{sample.TransferredBytes} after {sent} bytes");
            sent = sample.TransferredBytes!.Value;
            Assert.Equal(migration.Options.Postcopy, sample.PostcopyEnabled);
            Assert.Equal(migration.Options.AutoConverge, sample.AutoConvergeEnabled);
            Assert.InRange(sample.ResidentBytes!.Value, 16L << 20, 2L << 30);
        }

        Assert.Equal((long)migration.Options.BandwidthMiB << 20, Samples.First(static s => s.BandwidthLimit is not null).BandwidthLimit);
        Assert.Equal(Forecasts[^1].At, Samples[^1].At);
    }

    private async Task FollowAsync(ReadGuest source, Action<Observation>? act)
    {
        using var limit = new CancellationTokenSource(s_patience);
        using var tick = new PeriodicTimer(s_rate);
        while (Samples.Count == 0 || Last.Phase is not { } phase || !phase.IsTerminal())
        {
            await tick.WaitForNextTickAsync(limit.Token);
            TakeEvents(source);
            if (await source.TrySampleAsync(limit.Token) is not { } sample) continue;

            // What another migration before left behind.
            if (sample.Phase is { } old && old.IsTerminal() && !Samples.Exists(static s => s.TotalBytes is not null)) continue;
            Samples.Add(sample);
            Forecasts.Add(_forecaster.Add(sample));
            act?.Invoke(this);
        }

        TakeEvents(source);
    }

    private void TakeEvents(ReadGuest source)
    {
        for (var events = source.Notes.Events; _heard < events.Count; _heard++)
        {
            Events.Add(events[_heard]);
            if (events[_heard].Kind == SourceEventKind.Pass) _forecaster.Synced(events[_heard].Pass, events[_heard].At);
        }
    }
}
