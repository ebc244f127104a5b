using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

/// <summary>Sockets that every guest sees, in a folder.</summary>
internal sealed class FakeSockets(string folder) : IDaemonSockets
{
    public List<string> At { get; } = ["libvirt-sock"];

    public IReadOnlyList<string> Places(Guest guest) => At;

    public DaemonSocket? TryOpen(Guest guest, string place)
    {
        var path = Path.Combine(folder, place);
        var opened = Fcntl.open(path, Fcntl.O_PATH | Fcntl.O_CLOEXEC);
        return opened.IsInvalid ? null : new DaemonSocket($"/proc/self/fd/{opened.Number}", path, Stat.Identify(opened.Number)!.Value, opened);
    }
}
