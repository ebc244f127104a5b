using System.Net;

namespace NodeAgent.Network.Applying;

/// <summary>A way back to whoever asks for a change: protected for the time of the request.</summary>
/// <param name="Address">Where the caller is.</param>
/// <param name="Description">In words: "your SSH session from 192.168.1.7".</param>
public sealed record CallerPath(IPAddress Address, string Description)
{
    /// <summary>The session that sshd describes in SSH_CONNECTION ("client-address client-port server-address server-port"), or null.</summary>
    public static CallerPath? OfSsh(string? connection) =>
        connection?.Split(' ') is [var client, _, ..] && IPAddress.TryParse(client, out var address)
            ? new CallerPath(Plain(address), $"your SSH session from {client}")
            : null;

    /// <summary>The far end of a TCP connection.</summary>
    public static CallerPath OfPeer(IPAddress peer) => new(Plain(peer), $"your connection from {Plain(peer)}");

    // A socket that takes both families shows IPv4 peers as ::ffff:10.0.0.1.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
