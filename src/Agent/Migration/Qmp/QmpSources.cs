using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>Reads guests that libvirt does not run, over a monitor of QEMU that is nobody's: one connection for each guest.</summary>
public sealed class QmpSources(HostPaths paths, TimeProvider time, ILogger log) : IGuestSourceFactory
{
    private readonly QmpDoor _door = new(paths, time);

    public async ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        if (guest.RunByLibvirt) return null;
        GuestSourceException? first = null;
        foreach (var path in guest.QmpSockets)
        {
            try
            {
                return await QmpSource.OpenAsync(guest, path, observer, _door, time, log, cancellation).ConfigureAwait(false);
            }
            catch (GuestSourceException e)
            {
                first ??= e;
            }
        }

        return first is null ? null : throw first;
    }
}
