using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Migration.Guests;

/// <summary>A /proc with one process of QEMU in a pod, as files.</summary>
internal sealed class GuestFolder : IDisposable
{
    public static readonly GuestProcess Process = new(4711, 987654);

    private readonly HostTree _tree = HostTree.Of("guests/kubevirt");

    public HostPaths Paths => _tree.Paths;

    public HostTree Tree => _tree;

    public void Dispose() => _tree.Dispose();
}
