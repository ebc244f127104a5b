using Grpc.Core;
using Microsoft.Extensions.Logging;
using NodeAgent.Api.Mapping;
using NodeAgent.Hosting.Access;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;

namespace NodeAgent.Api.Network;

/// <summary>Runs changes for callers who follow them on a stream, and tells observers, the log and the audit how they ended.</summary>
internal sealed class ChangeRunner(EngineWorkers engines, RunningChanges running, IReadOnlyList<IDaemonObserver> observers, ILogger log)
{
    /// <summary>Runs a change; its progress goes to <paramref name="write"/>, what comes back is its result. The caller's going rolls it back.</summary>
    /// <exception cref="RpcException">It was not tried, or the caller has gone.</exception>
    public async Task<V1.ChangeResult> Run(Change change, Func<V1.ChangeProgress, Task> write, ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        if (!running.TryEnter(change.RequestId, stop)) throw StatusDetails.BadField("request_id", $"'{change.RequestId}' names another change that is under way: choose a unique one");
        try
        {
            var progress = new ProgressQueue();
            var features = context.GetHttpContext().Features;
            var note = features.Get<ICallNote>();
            if (note is not null) note.Note = Words(change);
            var work = Work(change, progress, features.Get<ICallerFeature>()?.Caller.Who ?? context.Peer, note, stop.Token);
            await Follow(progress, write, context.CancellationToken).ConfigureAwait(false);
            return Wire(await work.ConfigureAwait(false), context);
        }
        finally
        {
            running.Leave(change.RequestId);
        }
    }

    private async Task<ApplyResult> Work(Change change, ProgressQueue progress, string caller, ICallNote? note, CancellationToken stop)
    {
        try
        {
            var result = await (change.IsAnswer ? engines.Answer(Do, stop) : engines.Change(Do, stop)).ConfigureAwait(false);
            if (result.IsBusy) throw new EngineBusyException(await engines.Waiting(stop).ConfigureAwait(false));
            return result;
        }
        finally
        {
            progress.End();
        }

        // Told on the engine's thread, so that a caller who has gone hides nothing.
        ApplyResult Do(NodeAgent.Network.INetworkEngine engine)
        {
            var result = change.Work(engine.ForCaller(change.Callers), progress, stop);
            if (result.IsBusy) return result;
            if (note is not null) note.Note = $"{Words(change)}, {result.Outcome}";
            Tell(change, result, caller);
            return result;
        }
    }

    private void Tell(Change change, ApplyResult result, string caller)
    {
        foreach (var observer in observers) observer.Transaction(change.Kind, change.Policy, result);
        if (result.Outcome is not (ApplyOutcome.Committed or ApplyOutcome.NothingToDo)) log.ChangeFailed(change.Kind, change.Policy, caller, result.Outcome.ToString(), result.Message);
    }

    private static string Words(Change change) => change.Policy.Length == 0 ? "the last transaction" : "policy " + change.Policy;

    // A reader who has gone is no reason to stop looking at how the change ends.
    private static async Task Follow(ProgressQueue progress, Func<V1.ChangeProgress, Task> write, CancellationToken cancellation)
    {
        try
        {
            await foreach (var one in progress.ReadAll(cancellation).ConfigureAwait(false)) await write(ChangeMapping.ToWire(one)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or RpcException)
        {
        }
    }

    private static V1.ChangeResult Wire(ApplyResult result, ServerCallContext context)
    {
        if (result.Outcome == ApplyOutcome.Invalid) throw InvalidDocuments.Status(result.Errors);
        return context.CancellationToken.IsCancellationRequested
            ? throw new RpcException(new Status(StatusCode.Cancelled, result.Message))
            : ChangeMapping.ToWire(result);
    }
}
