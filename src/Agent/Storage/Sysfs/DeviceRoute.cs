namespace NodeAgent.Storage.Sysfs;

/// <summary>
/// What a block device hangs on, by its place in the tree of devices, which is what the link /sys/dev/block/8:32 says:
/// "../../devices/pci0000:00/0000:00:02.0/host3/rport-3:0-1/target3:0:1/3:0:1:12/block/sdc".
/// </summary>
/// <param name="Device">"sdc"</param>
internal sealed record DeviceRoute(string Device)
{
    /// <summary>"3:0:1:12"; null where it is not SCSI.</summary>
    public string? Hctl { get; private init; }

    /// <summary>SCSI host: "host3".</summary>
    public string? Host { get; private init; }

    /// <summary>FC remote port: "rport-3:0-1".</summary>
    public string? RemotePort { get; private init; }

    /// <summary>iSCSI session: "session1".</summary>
    public string? Session { get; private init; }

    /// <summary>NVMe controller: "nvme0".</summary>
    public string? Controller { get; private init; }

    /// <summary>Name of the initiator it runs over, as in Model.StorageInitiator; null where it hangs on none.</summary>
    public string? Initiator => Session ?? Controller ?? Host;

    public static DeviceRoute Parse(string link)
    {
        var parts = link.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var route = new DeviceRoute(parts.Length > 0 ? parts[^1] : "");
        foreach (var part in parts)
        {
            if (IsNumbered(part, "host")) route = route with { Host = part };
            else if (part.StartsWith("rport-", StringComparison.Ordinal)) route = route with { RemotePort = part };
            else if (IsNumbered(part, "session")) route = route with { Session = part };
            else if (IsNumbered(part, "nvme")) route = route with { Controller = part };
            else if (IsHctl(part)) route = route with { Hctl = part };
        }

        return route;
    }

    private static bool IsNumbered(string part, string word) =>
        part.Length > word.Length && part.StartsWith(word, StringComparison.Ordinal) && part.AsSpan(word.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Four numbers; a PCI address has fewer, and letters.</summary>
    private static bool IsHctl(string part)
    {
        var (colons, digits) = (0, 0);
        foreach (var c in part)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c == ':' && digits > 0) (colons, digits) = (colons + 1, 0);
            else return false;
        }

        return colons == 3 && digits > 0;
    }
}
