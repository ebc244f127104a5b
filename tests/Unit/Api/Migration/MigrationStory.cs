using NodeAgent.Api.Mapping;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>Migrations that do anything at random, on a store, and what truly happened in each.</summary>
internal sealed class MigrationStory(ManualClock clock, int events)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, MigrationStatus> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _passes = new(StringComparer.Ordinal);
    private int _ids;
    private long _samples;

    public MigrationStore Store { get; private set; } = Made(1, clock, events);

    /// <summary>In the words of <see cref="MigrationFollower.Told"/>.</summary>
    public Dictionary<string, List<string>> Happened { get; } = new(StringComparer.Ordinal);

    /// <summary>Another process: what was under way goes on, the rest is in the history alone.</summary>
    public void Restart()
    {
        var (epoch, kept) = (Store.Epoch + 1, new List<(MigrationStatus Status, MigrationRecord Known)>());
        foreach (var status in _running.Values)
        {
            var details = new MigrationDetails();
            Store.Details(status.Id, details);
            kept.Add((status, MigrationMaker.Record(status.Id) with { PassList = details.Passes, Verdicts = details.Verdicts, Phases = details.Phases }));
        }

        Store.Dispose();
        Store = Made(epoch, clock, events);
        using var batch = Store.Write();
        foreach (var (status, known) in kept) batch.Resume(status, clock.GetUtcNow(), known);
    }

    public void Change(Random random)
    {
        var ids = _running.Keys.ToList();
        if (ids.Count == 0 || (ids.Count < 6 && random.Next(8) == 0))
        {
            Begin();
            return;
        }

        var id = ids[random.Next(ids.Count)];
        switch (random.Next(12))
        {
            case 0:
                End(id, random);
                break;
            case 1 or 2:
                Pass(id);
                break;
            case 3 or 4:
                Judge(id, (MigrationVerdict)random.Next(5));
                break;
            case 5:
                Turn(id, (MigrationPhase)random.Next(1, 8));
                break;
            case 6:
                clock.Advance(TimeSpan.FromSeconds(random.Next(30)));
                break;
            case 7:
                using (var batch = Store.Write()) batch.Put(MigrationMaker.State(MigrationMaker.Guest("other")));
                break;
            case 8:
                // All of them in one publication.
                using (var batch = Store.Write())
                {
                    foreach (var one in ids)
                    {
                        _running[one] = MigrationMaker.Sampled(_running[one], ++_samples, clock.GetUtcNow());
                        batch.Put(_running[one], clock.GetUtcNow());
                    }
                }

                break;
            default:
                Put(MigrationMaker.Sampled(_running[id], ++_samples, clock.GetUtcNow()));
                break;
        }
    }

    private static MigrationStore Made(long epoch, ManualClock clock, int events)
    {
        var store = new MigrationStore(epoch, s_grace, clock, events: events);
        using var batch = store.Write();
        batch.Ready();
        return store;
    }

    private void Begin()
    {
        var id = $"m{++_ids}";
        Happened[id] = ["started"];
        Put(MigrationMaker.Status(id, clock.GetUtcNow()));
    }

    private void Pass(string id)
    {
        var number = _passes[id] = _passes.GetValueOrDefault(id) + 1;
        Happened[id].Add($"pass {number}");
        using var batch = Store.Write();
        batch.Pass(id, MigrationMaker.Pass(number), clock.GetUtcNow());
    }

    private void Judge(string id, MigrationVerdict verdict)
    {
        var status = _running[id];
        if (status.Forecast.Verdict != verdict) Happened[id].Add($"verdict {MigrationEnumMapping.ToWire(verdict)}");
        Put(status with { Forecast = status.Forecast with { Verdict = verdict } });
    }

    private void Turn(string id, MigrationPhase phase)
    {
        var status = _running[id];
        if (status.Phase != phase) Happened[id].Add($"phase {phase.Name()}");
        Put(status with { Phase = phase });
    }

    private void End(string id, Random random)
    {
        var (phase, outcome, verdict) = random.Next(3) switch
        {
            0 => (MigrationPhase.Completed, MigrationOutcome.Completed, MigrationVerdict.Done),
            1 => (MigrationPhase.Failed, MigrationOutcome.Failed, MigrationVerdict.Failed),
            _ => (MigrationPhase.Cancelled, MigrationOutcome.Cancelled, MigrationVerdict.Cancelled),
        };
        Happened[id].Add($"verdict {MigrationEnumMapping.ToWire(verdict)}");
        Happened[id].Add($"ended {MigrationPhaseMapping.ToWire(outcome)}");
        Put(_running[id] with { Phase = phase, Outcome = outcome, Ended = clock.GetUtcNow(), Forecast = new MigrationForecast(default, verdict) });
        _running.Remove(id);
    }

    private void Put(in MigrationStatus status)
    {
        _running[status.Id] = status;
        using var batch = Store.Write();
        batch.Put(status, clock.GetUtcNow());
    }
}
