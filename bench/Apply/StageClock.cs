using System.Diagnostics;
using NodeAgent.Network.Applying;

namespace NodeAgent.Bench.Apply;

/// <summary>Takes the time at each stage that a transaction reports, and sums up where it went over many rounds.</summary>
internal sealed class StageClock : IProgress<ApplyEvent>
{
    private readonly Dictionary<string, List<double>> _spent = [];
    private long _last;

    public void Start() => _last = Stopwatch.GetTimestamp();

    /// <summary>The time since the last mark was this stage's.</summary>
    public void Mark(string stage)
    {
        var now = Stopwatch.GetTimestamp();
        if (!_spent.TryGetValue(stage, out var list)) _spent[stage] = list = [];
        list.Add(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds);
        _last = now;
    }

    public void Report(ApplyEvent value)
    {
        // Each event is told when its stage is over; of the Apply stage the last one.
        switch (value.Stage)
        {
            case ApplyStage.Plan: Mark("merge, observe, check, plan"); break;
            case ApplyStage.Journal: Mark("undo document, journal"); break;
            case ApplyStage.Apply: Mark("netlink"); break;
            case ApplyStage.Verify: Mark("read back, verify"); break;
            case ApplyStage.Commit: Mark("commit to the journal"); break;
        }
    }

    /// <summary>"netlink 10.1 ms": medians, in the order of the stages.</summary>
    public IEnumerable<string> Lines() => _spent.Select(s => $"{s.Value.Order().ElementAt(s.Value.Count / 2),8:0.00} ms  {s.Key}");
}
