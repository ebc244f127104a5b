using System.Collections.Concurrent;
using NodeAgent.Network;

namespace NodeAgent.Api;

/// <summary>
/// One thread that makes an engine and is the only one to use it. It has the network namespace of the thread that made it, which threads
/// of the pool need not have.
/// </summary>
internal sealed class EngineWorker : IDisposable
{
    private readonly BlockingCollection<Action<EngineWorker>> _queue = [];
    private readonly Func<INetworkEngine> _make;
    private readonly Thread _thread;
    private INetworkEngine? _engine;

    public EngineWorker(string name, Func<INetworkEngine> make)
    {
        _make = make;
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs the work on the thread; what it throws is the task's. Cancelled, it is left out unless it has begun.</summary>
    /// <exception cref="ObjectDisposedException">The worker is stopped.</exception>
    public Task<T> Run<T>(Func<INetworkEngine, T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(Do, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new ObjectDisposedException(_thread.Name, "the agent stops"));
        }

        return done.Task;

        void Do(EngineWorker worker)
        {
            if (cancellation.IsCancellationRequested)
            {
                done.SetCanceled(cancellation);
                return;
            }

            try
            {
                done.SetResult(work(worker.Engine));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }

    /// <summary>Takes no more work; what is queued is still done.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    // A socket that cannot be opened now is tried again with the next call.
    private INetworkEngine Engine => _engine ??= _make();

    private void Work()
    {
        foreach (var one in _queue.GetConsumingEnumerable()) one(this);
        (_engine as IDisposable)?.Dispose();
    }
}
