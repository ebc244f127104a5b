using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Hosting.Access;

/// <summary>Says which handshakes failed and why; at most one line in ten seconds, since anybody can make them fail.</summary>
internal sealed class HandshakeLog(ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);
    private static readonly object s_done = new();

    private readonly Lock _lock = new();
    private long _last;
    private long _unsaid;
    private bool _said;

    /// <summary>Stands around TLS.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        await next(connection).ConfigureAwait(false);
        if (!connection.Items.ContainsKey(s_done)) Failed(connection);
    };

    /// <summary>Stands within TLS: the handshake is done, and the client known.</summary>
    public static void Done(ConnectionContext connection) => connection.Items[s_done] = s_done;

    private void Failed(ConnectionContext connection)
    {
        long unsaid;
        lock (_lock)
        {
            if (_said && clock.GetElapsedTime(_last) < s_between)
            {
                _unsaid++;
                return;
            }

            (_said, _last, unsaid, _unsaid) = (true, clock.GetTimestamp(), _unsaid, 0);
        }

        var reason = connection.Items.TryGetValue(Handshake.Reason, out var told) ? (string)told! : "it did not speak TLS, gave up on the way, or refuses this server's certificate";
        log.HandshakeFailed($"{connection.RemoteEndPoint}", reason, unsaid > 0 ? $" ({unsaid} more before this one)" : "");
    }
}
