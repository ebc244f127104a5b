namespace NodeAgent.Tests.Interop.Service;

public sealed class CallRecord
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;

    /// <summary>Ends when the call's token is cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>Ends when a client asks for the rest to be read.</summary>
    public Task Released => _released.Task;

    public int Sent => Volatile.Read(ref _sent);

    /// <summary>For good: a registration taken back by the call's end would miss a cancellation that ends it.</summary>
    public void Follow(CancellationToken token) => token.Register(Cancel);

    public void Cancel() => _cancelled.TrySetResult();

    public void CountSent() => Interlocked.Increment(ref _sent);

    public void Release() => _released.TrySetResult();
}
