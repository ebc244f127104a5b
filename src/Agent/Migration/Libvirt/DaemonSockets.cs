using System.Globalization;
using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Libvirt;

/// <summary>The sockets in a guest's own root: its pod's, or the host's.</summary>
internal sealed class DaemonSockets(HostPaths paths) : IDaemonSockets
{
    private static readonly string[] s_folders = ["run/libvirt", "var/run/libvirt"];

    // The plain socket comes first: every daemon has it, a user's own has no other, and who opens it to read only can do no more than over
    // the "-ro" one. That one is for an agent that is not let in at the first.
    private static readonly string[] s_names = ["virtqemud-sock", "libvirt-sock", "virtqemud-sock-ro", "libvirt-sock-ro"];

    public IReadOnlyList<string> Places(Guest guest)
    {
        var user = Stat.Describe(string.Create(CultureInfo.InvariantCulture, $"{paths.Proc}/{guest.Process.Pid}"))?.Owner ?? 0;
        var own = string.Create(CultureInfo.InvariantCulture, $"run/user/{user}/libvirt");
        return [.. s_folders.Append(own).SelectMany(folder => s_names.Select(name => $"{folder}/{name}"))];
    }

    public DaemonSocket? TryOpen(Guest guest, string place)
    {
        using var root = GuestRoot.TryOpen(paths, guest.Process, out var error);
        var opened = root?.OpenPath(place, out error);
        if (error is not null) throw new GuestSourceException(GuestSourceFault.Failed, $"libvirt of guest {guest.Domain} (process {guest.Process.Pid}) cannot be looked for: {error}");
        if (opened is null) return null;
        if (Stat.Identify(opened.Number) is { } key)
            return new DaemonSocket(GuestRoot.Through(opened), string.Create(CultureInfo.InvariantCulture, $"/proc/{guest.Process.Pid}/root/{place}"), key, opened);
        opened.Dispose();
        return null;
    }
}
