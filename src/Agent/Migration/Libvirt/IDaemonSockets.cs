using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>Finds the sockets of libvirt's daemons as a guest's own process would.</summary>
internal interface IDaemonSockets
{
    /// <summary>Where there may be one, the likeliest first: paths in the guest's root.</summary>
    IReadOnlyList<string> Places(Guest guest);

    /// <summary>Null: there is none at this place, or no such process.</summary>
    /// <exception cref="GuestSourceException">It cannot be told.</exception>
    DaemonSocket? TryOpen(Guest guest, string place);
}
