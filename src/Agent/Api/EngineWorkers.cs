using NodeAgent.Network;
using NodeAgent.Network.Applying;

namespace NodeAgent.Api;

/// <summary>
/// The threads that own the API's engines: one for changes, which may wait minutes for a confirmation, one for answers to such a wait, and
/// one for reading, which neither holds up. Made on a thread in the daemon's network namespace; the threads inherit it.
/// </summary>
public sealed class EngineWorkers(Func<INetworkEngine> make, TimeSpan changeWait) : IDisposable
{
    private readonly EngineWorker _changes = new("api-changes", make);
    private readonly EngineWorker _answers = new("api-answers", make);
    private readonly EngineWorker _reads = new("api-reads", make);
    private readonly SemaphoreSlim _oneChange = new(1);

    /// <summary>Work that changes nothing and ends soon: observe, plan, list.</summary>
    public Task<T> Read<T>(Func<INetworkEngine, T> work, CancellationToken cancellation) => _reads.Run(work, cancellation);

    /// <summary>Work on the transaction that waits to be confirmed: keep it, or roll it back.</summary>
    public Task<T> Answer<T>(Func<INetworkEngine, T> work, CancellationToken cancellation) => _answers.Run(work, cancellation);

    /// <summary>A transaction. It waits for the one before it, but no longer than the time given at the start.</summary>
    /// <exception cref="EngineBusyException">The one before it took longer.</exception>
    public async Task<T> Change<T>(Func<INetworkEngine, T> work, CancellationToken cancellation)
    {
        if (!await _oneChange.WaitAsync(changeWait, cancellation).ConfigureAwait(false)) throw new EngineBusyException(await Waiting(cancellation).ConfigureAwait(false));
        try
        {
            return await _changes.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _oneChange.Release();
        }
    }

    /// <summary>The transaction that waits to be confirmed, or null.</summary>
    public Task<WaitingTransaction?> Waiting(CancellationToken cancellation) => Read(static engine => engine.Waiting(), cancellation);

    /// <summary>Ends the threads when their work is done; cancel that first.</summary>
    public void Dispose()
    {
        _changes.Dispose();
        _answers.Dispose();
        _reads.Dispose();
        _oneChange.Dispose();
    }
}
