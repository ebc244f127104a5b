using Grpc.Core;
using NodeAgent.Network.Applying;

namespace NodeAgent.Api.Network;

/// <summary>The ways back to whoever made a call: the far end of its TCP connection, and the SSH session it names.</summary>
internal static class CallerPaths
{
    public static IReadOnlyList<CallerPath> Of(ServerCallContext context, string sshConnection)
    {
        var paths = new List<CallerPath>(2);
        // A Unix socket has no address.
        if (context.GetHttpContext().Connection.RemoteIpAddress is { } peer) paths.Add(CallerPath.OfPeer(peer));
        if (CallerPath.OfSsh(sshConnection) is { } ssh) paths.Add(ssh);
        return paths;
    }
}
