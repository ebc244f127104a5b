using NodeAgent.Api.Mapping;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Network.Remote;

/// <summary>KVM as an agent sees it.</summary>
internal static class RemoteKvm
{
    /// <summary>The agent's last check; null where nobody serves the socket.</summary>
    /// <exception cref="DaemonException">Somebody does, and does not answer this user.</exception>
    public static KvmReport? TryGet(string socket, TimeProvider clock)
    {
        if (DaemonSocket.TryConnect(socket) is not { } connected) return null;
        using var calls = new RemoteCalls(socket, connected);
        return KvmMapping.FromWire(calls.Answer(calls.Node.GetKvmAsync(new Api.V1.GetKvmRequest(), deadline: RemoteCalls.Deadline(clock))).Kvm);
    }
}
