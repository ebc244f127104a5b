using System.Collections.Concurrent;
using Grpc.Core;
using NodeAgent.Config;

namespace NodeAgent.Hosting.Access;

/// <summary>The rules in force and the calls they let in. When rules change, calls that they no longer allow are ended.</summary>
public sealed class AccessControl
{
    private static readonly Status s_stopping = new(StatusCode.Unavailable, "the agent is being stopped");

    private readonly ConcurrentDictionary<OpenCall, byte> _open = new();
    private readonly TimeProvider _clock;
    private volatile AccessRules _rules;
    private volatile bool _stopping;

    public AccessControl(ConfigurationStore configuration, TimeProvider clock)
    {
        _clock = clock;
        _rules = AccessRules.Of(configuration.Current.Grpc);
        configuration.Changed += (_, now) =>
        {
            _rules = AccessRules.Of(now.Grpc);
            EndWhatIsNotAllowed();
        };
    }

    /// <summary>Calls at this moment.</summary>
    public int Open => _open.Count;

    /// <summary>Ends every call, and each that comes, with UNAVAILABLE: clients try again later.</summary>
    public void Stop()
    {
        _stopping = true;
        EndWhatIsNotAllowed();
    }

    internal Caller CallerOf(Peer peer) => new(peer.Who, _rules.RoleOf(peer), peer.Transport, peer.Address);

    /// <summary>Why a peer may not make a call; null where it may.</summary>
    internal Status? Refusal(Peer peer, Role needed)
    {
        if (_stopping) return s_stopping;
        if (peer is TlsPeer tls && Unproven(tls) is { } reason) return new Status(StatusCode.Unauthenticated, reason);
        return _rules.RoleOf(peer) switch
        {
            var role when role >= needed => null,
            Role.None when peer is UnixPeer => Denied($"{peer.Who} has no role here: root operates, and the members of grpc.socket.group read"),
            Role.None => Denied($"{peer.Who} has no role here: grpc.tcp.identities does not name it"),
            _ => Denied($"{peer.Who} has the role read, and this call needs the role operate"),
        };
    }

    internal void Enter(OpenCall call)
    {
        _open.TryAdd(call, 0);

        // The rules may have changed since they were asked.
        if (Refusal(call.Peer, call.Needed) is { } status) call.End(status, _clock);
    }

    internal void Leave(OpenCall call)
    {
        _open.TryRemove(call, out _);
        call.Dispose();
    }

    private static Status Denied(string reason) => new(StatusCode.PermissionDenied, reason);

    private void EndWhatIsNotAllowed()
    {
        foreach (var (call, _) in _open)
        {
            if (Refusal(call.Peer, call.Needed) is { } status) call.End(status, _clock);
        }
    }

    private string? Unproven(TlsPeer peer)
    {
        if (peer.Uris is [] && peer.CommonName is null) return "the client certificate names nobody: it needs a URI among its subject alternative names, or one CN";
        return peer.Expires < _clock.GetUtcNow() ? $"the client certificate of {peer.Who} has expired since it connected: connect again with a new one" : null;
    }
}
