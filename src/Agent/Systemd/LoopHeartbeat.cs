using NodeAgent.Network.Drift;
using NodeAgent.Network.Spec;

namespace NodeAgent.Systemd;

/// <summary>The loop that keeps the network as asked for comes round, or is at work on a transaction whose time is not over.</summary>
public sealed class LoopHeartbeat(DaemonLiveness loop) : IHeartbeat
{
    public async Task<string?> Problem(TimeSpan within, CancellationToken cancellation) =>
        await loop.AnswersAsync(within, cancellation).ConfigureAwait(false) ? null : $"the loop that looks after the network has not come round for {Durations.Format(within)}";
}
