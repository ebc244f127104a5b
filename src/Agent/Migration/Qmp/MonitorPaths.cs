namespace NodeAgent.Migration.Qmp;

/// <summary>
/// Which sockets can be an operator's own monitor. libvirt's is never one: QEMU serves one client at a time, and whoever waits behind
/// libvirt gets the monitor when libvirt starts anew, which then cannot come back.
/// </summary>
internal static class MonitorPaths
{
    /// <summary>Null: it can be; else why it is left alone, a sentence.</summary>
    public static string? WhyNot(string path)
    {
        if (!path.StartsWith('/')) return $"the monitor {path} is left alone: expected the absolute path of a unix socket";
        var parts = path.Split('/');
        var libvirt = Array.Exists(parts, static part => part is "libvirt" or "monitor.sock") || Array.Exists(parts, static part => part.StartsWith("domain-", StringComparison.Ordinal));
        return libvirt ? $"the monitor {path} is left alone: it is libvirt's" : null;
    }
}
