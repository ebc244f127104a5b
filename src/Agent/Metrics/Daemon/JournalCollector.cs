using NodeAgent.Metrics.Instruments;
using NodeAgent.Metrics.Sampling;
using NodeAgent.Network.Applying;

namespace NodeAgent.Metrics.Daemon;

/// <summary>Transactions under way, whoever began them, from the journal on disk: a state folder that hangs holds up nothing else.</summary>
internal sealed class JournalCollector : ICollector
{
    private readonly Journal _journal;
    private double _open = double.NaN;
    private double _deadline = double.NaN;

    public JournalCollector(HostPaths paths, TimeProvider clock, MetricRegistry registry)
    {
        _journal = new Journal(paths.State, clock);
        registry.Observe("nodeagent_transactions_in_progress", MetricType.Gauge, "Transactions under way, those that wait for confirmation included.", () => Volatile.Read(ref _open));
        registry.Observe("nodeagent_transaction_confirm_deadline_timestamp_seconds", MetricType.Gauge, "When the transaction that waits for confirmation is rolled back, Unix time; absent where none waits.",
            () => Volatile.Read(ref _deadline));
    }

    public string Name => "journal";

    public void Collect()
    {
        var open = _journal.ReadOpen();
        Volatile.Write(ref _open, open.Count);
        Volatile.Write(ref _deadline, open.Select(r => r.ConfirmUntil).LastOrDefault(until => until is not null) is { } deadline ? deadline.ToUnixTimeMilliseconds() / 1000.0 : double.NaN);
    }
}
