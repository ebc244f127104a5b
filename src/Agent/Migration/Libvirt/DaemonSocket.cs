using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Libvirt;

/// <summary>The socket of a daemon of libvirt's, held open so that it can be connected to.</summary>
/// <param name="Path">To connect to, from this process and while this object is held.</param>
/// <param name="Shown">For people: "/proc/4711/root/run/libvirt/virtqemud-sock".</param>
/// <param name="Key">Device and inode: the same socket, however it is reached.</param>
/// <param name="Opened">Closed at the end.</param>
internal sealed record DaemonSocket(string Path, string Shown, (ulong Device, ulong Inode) Key, FileDescriptor? Opened) : IDisposable
{
    /// <summary>As sentences begin.</summary>
    public string Name => $"libvirt at {Shown}";

    public void Dispose() => Opened?.Dispose();
}
