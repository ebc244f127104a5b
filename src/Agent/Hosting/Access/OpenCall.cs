using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace NodeAgent.Hosting.Access;

/// <summary>A call that a service is at work on, and the means to end it from outside with a status of its own.</summary>
internal sealed class OpenCall(HttpContext context, Peer peer, Caller caller, Role needed) : ICallerFeature, ICallNote, IDisposable
{
    // A service that is told to end does so at once; one that hangs in something else loses its stream.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    private readonly Lock _lock = new();
    private bool _over;

    public Caller Caller { get; } = caller;

    public Peer Peer { get; } = peer;

    public Role Needed { get; } = needed;

    public string? Note { get; set; }

    /// <summary>Cancelled when the client has gone, or when the call is ended from outside.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>The status it is to end with, whatever its service says; null: its service's.</summary>
    public Status? Ended { get; private set; }

    /// <summary>Ends the call; the first status counts.</summary>
    public void End(Status status, TimeProvider clock)
    {
        lock (_lock)
        {
            if (_over || Ended is not null) return;
            Ended = status;
        }

        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself just now.
            return;
        }

        _ = AbortAfterGrace(clock);
    }

    public void Dispose()
    {
        lock (_lock) _over = true;
        _cancel.Dispose();
    }

    private async Task AbortAfterGrace(TimeProvider clock)
    {
        await Task.Delay(s_grace, clock).ConfigureAwait(false);
        lock (_lock)
        {
            // Under the lock: the context is used for another call once this one is over.
            if (!_over) context.Abort();
        }
    }
}
