namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>
/// Gathers the monitors of one command line that speak QMP and listen at a path. Never libvirt's own: it is the one client that a monitor has,
/// and would not get back in.
/// </summary>
internal sealed class QemuMonitors
{
    private const int Most = 16;

    private readonly Dictionary<string, string> _listening = [];
    private readonly HashSet<string> _control = [];
    private readonly List<string> _direct = [];

    /// <summary>-chardev: libvirt's way of making its own.</summary>
    public static bool IsLibvirts(QemuOptions chardev) => chardev["id"] == "charmonitor";

    /// <summary>Of -qmp and -qmp-pretty.</summary>
    public void AddQmp(string value)
    {
        const string unix = "unix:", chardev = "chardev:";
        if (value.StartsWith(chardev, StringComparison.Ordinal)) _control.Add(value[chardev.Length..]);
        else if (value.StartsWith(unix, StringComparison.Ordinal) && PathOf(QemuOptions.Parse(value[unix.Length..], "path")) is { } path) _direct.Add(path);
    }

    /// <summary>Of -chardev.</summary>
    public void AddChardev(QemuOptions chardev)
    {
        if (chardev["backend"] != "socket" || IsLibvirts(chardev)) return;
        if (chardev["id"] is { } id && PathOf(chardev) is { } path) _listening.TryAdd(id, path);
    }

    /// <summary>Of -mon.</summary>
    public void AddMonitor(QemuOptions monitor)
    {
        if (monitor["mode"] == "control" && monitor["chardev"] is { } chardev) _control.Add(chardev);
    }

    /// <summary>Paths, as QEMU was given them.</summary>
    public IReadOnlyList<string> Sockets
    {
        get
        {
            var found = new List<string>(_direct);
            foreach (var id in _control)
            {
                if (_listening.TryGetValue(id, out var path) && !found.Contains(path)) found.Add(path);
            }

            return found.Count > Most ? found.GetRange(0, Most) : found;
        }
    }

    private static string? PathOf(QemuOptions socket)
    {
        if (socket["path"] is not { Length: > 0 } path || socket["fd"] is not null || socket["host"] is not null) return null;
        if (socket.Flag("server") is not true || socket.Flag("abstract") is true || socket["tls-creds"] is not null) return null;
        if (socket.Flag("telnet") is true || socket.Flag("websocket") is true || socket.Flag("tn3270") is true) return null;
        return IsOfLibvirt(path) ? null : path;
    }

    // /var/lib/libvirt/qemu/domain-1-NAME/monitor.sock
    private static bool IsOfLibvirt(string path) => path.EndsWith("/monitor.sock", StringComparison.Ordinal) && path.Contains("/domain-", StringComparison.Ordinal);
}
