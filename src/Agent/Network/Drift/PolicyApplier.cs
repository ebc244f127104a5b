using NodeAgent.Native.Netlink;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Drift;

/// <summary>Applies a policy on the daemon's own thread, which goes on hearing the kernel while the transaction waits to be confirmed.</summary>
internal sealed class PolicyApplier(NetworkEngine engine, DaemonLiveness liveness, TransactionBoard transactions, IDaemonObserver observers) : IProgress<ApplyEvent>
{
    // The kernel's own work and a slow disk, beside what is waited for by intention.
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(30);

    /// <summary>Is called again and again while a transaction waits for its confirmation.</summary>
    public Action WhileWaiting { get; set; } = static () => { };

    public ApplyResult Apply(ApplyRequest request, CancellationToken cancellation)
    {
        liveness.Busy(s_work + TransactionTools.ProbeBeforeLimit + LongestProbe(request.Document));
        var result = engine.Apply(request with { WhileWaiting = Wait }, this, cancellation);
        observers.Transaction("apply", request.Document.Name, result);
        return result;
    }

    void IProgress<ApplyEvent>.Report(ApplyEvent value)
    {
        // The journal has just been told until when it waits, and the loop cannot be told by the folder's watcher.
        if (value.Stage == ApplyStage.Confirm) transactions.Refresh();
    }

    private void Wait()
    {
        try
        {
            WhileWaiting();
        }
        catch (NetlinkException)
        {
            // What was not heard is listed at the next call; the transaction must not fail by it.
        }

        liveness.Turned();
        liveness.Busy(s_work);
    }

    private TimeSpan LongestProbe(PolicyDocument document)
    {
        var probes = document.Probes ?? engine.Options.Probes() ?? [];
        return probes.Count == 0 ? ProbeSpec.DefaultTimeout : probes.Max(static p => p.Timeout);
    }
}
