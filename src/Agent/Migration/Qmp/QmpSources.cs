using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>
/// Reads guests that libvirt does not run, over a monitor of QEMU that is nobody's: one connection for each guest. A guest's only monitor is
/// for whoever runs it, also while nobody is connected: of several, the last one that is free.
/// </summary>
public sealed class QmpSources : IGuestSourceFactory
{
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly QmpDoor _door;

    public QmpSources(HostPaths paths, TimeProvider time, ILogger log)
        : this(paths, time, log, QmpDoor.DefaultGrace)
    {
    }

    internal QmpSources(HostPaths paths, TimeProvider time, ILogger log, TimeSpan grace) => (_time, _log, _door) = (time, log, new QmpDoor(paths, time, grace));

    public async ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        if (guest.RunByLibvirt || guest.QmpSockets.Count == 0) return null;
        if (guest.QmpSockets is [var only]) throw new GuestSourceException(GuestSourceFault.Unsupported, $"its only monitor, {only}, is left to whoever runs it: give the agent one of its own (-qmp unix:PATH,server=on,wait=off)");
        GuestSourceException? first = null, later = null;
        foreach (var path in guest.QmpSockets.Reverse())
        {
            try
            {
                return await QmpSource.OpenAsync(guest, path, observer, _door, _time, _log, cancellation).ConfigureAwait(false);
            }
            catch (GuestSourceException e)
            {
                first ??= e;
                if (e.Fault != GuestSourceFault.Unsupported) later ??= e;
            }
        }

        // One that may be free in a while is worth asking again; what is said is of the one that is meant for the agent.
        throw later is null ? first! : new GuestSourceException(later.Fault, first!.Message, first);
    }
}
