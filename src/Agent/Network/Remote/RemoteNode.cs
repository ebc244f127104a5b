namespace NodeAgent.Network.Remote;

/// <summary>The node as an agent sees it.</summary>
internal static class RemoteNode
{
    /// <summary>The node; null where nobody serves the socket.</summary>
    /// <exception cref="DaemonException">Somebody does, and does not answer this user.</exception>
    public static Api.V1.Node? TryGet(string socket, TimeProvider clock)
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return null;
        using var calls = new RemoteCalls(socket, connected);
        return calls.Answer(calls.Node.GetNodeAsync(new Api.V1.GetNodeRequest(), deadline: RemoteCalls.Deadline(clock))).Node;
    }
}
