namespace NodeAgent.Hosting.Access;

/// <summary>A process at the other end of a Unix socket, with the ids it had when it connected (unix(7)).</summary>
/// <param name="Uid">Its effective user id, as this process' user namespace sees it.</param>
/// <param name="Pid">0 where it is in a process namespace that this one does not see.</param>
/// <param name="Groups">Its effective group id and all others it is in.</param>
internal sealed record UnixPeer(uint Uid, int Pid, IReadOnlyList<uint> Groups) : Peer
{
    public override string Who => Uid == 0 ? "uid 0 (root)" : $"uid {Uid}";

    public override string Origin => Pid == 0 ? Who : $"{Who}, process {Pid}";

    public override string Transport => "unix";
}
