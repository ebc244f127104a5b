using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Watch;

/// <summary>What one turn, or several together, cost and took.</summary>
internal sealed class TurnFigures
{
    public Samples Latency { get; } = new();

    public double CpuMilliseconds { get; set; }

    public double Seconds { get; set; }

    /// <summary>Updates for each watcher, all watchers together; some may come together with a later one.</summary>
    public long Sent { get; set; }

    /// <summary>Percent of one processor.</summary>
    public double CpuShare => CpuMilliseconds / Seconds / 10;

    /// <summary>Of the updates, how many came by themselves; the others came together with a later one. Percent.</summary>
    public double Delivered => 100.0 * Latency.Count / Math.Max(1, Sent);

    /// <summary>CPU time of one update to one watcher, beyond what the changes cost without any.</summary>
    public double MicrosecondsAnUpdate(TurnFigures quiet) => (CpuShare - quiet.CpuShare) * 10 * Seconds * 1000 / Math.Max(1, Latency.Count);

    public void Add(TurnFigures other)
    {
        Latency.Add(other.Latency);
        CpuMilliseconds += other.CpuMilliseconds;
        Seconds += other.Seconds;
        Sent += other.Sent;
    }

    public override string ToString() => Latency.Count == 0
        ? $"{CpuShare:0.0} % of a processor"
        : $"{CpuShare:0.0} % of a processor, delivery median {Latency.Median:0.00} ms, p99 {Latency.Quantile(0.99):0.00} ms, {Delivered:0.0} % of {Sent} updates by themselves";
}
