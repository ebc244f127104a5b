namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>/proc/net/unix: https://man7.org/linux/man-pages/man5/proc_net.5.html</summary>
internal static class UnixSockets
{
    /// <summary>How many sockets there are at a path: who listens, and the server's end of each connection, also of those that nobody has accepted yet.</summary>
    public static int At(string path) => File.ReadLines("/proc/net/unix").Count(line => line.EndsWith(" " + path, StringComparison.Ordinal));
}
