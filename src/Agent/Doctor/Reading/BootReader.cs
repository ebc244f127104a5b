using NodeAgent.Doctor.Facts;
using NodeAgent.Files;
using NodeAgent.Storage.Users;

namespace NodeAgent.Doctor.Reading;

/// <summary>From the root's mount down to the disks: /proc/PID/mountinfo, /sys/dev/block, /sys/class/block.</summary>
internal sealed class BootReader
{
    private const int Deepest = 10;

    private readonly string _sys;
    private readonly List<string> _layers = [];
    private readonly List<string> _maps = [];
    private readonly SortedDictionary<string, Disk> _disks = new(StringComparer.Ordinal);

    private BootReader(string sys) => _sys = sys;

    public static Known<BootFacts> Read(HostPaths paths)
    {
        var mounts = MountTable.Read(paths);
        if (mounts.Value is not { } list) return new Known<BootFacts>(null, false, mounts.Error);
        if (list.FindLast(static m => m.Point == "/") is not { Point: not null } root) return Known<BootFacts>.Failed("mountinfo names no mount at /");
        var reader = new BootReader(paths.Sys);
        if (reader.DeviceOf(root) is { } device) reader.Walk(device, 0);
        return Known<BootFacts>.Of(new BootFacts($"{root.Type} on {root.Source}", reader._layers, reader._maps, [.. reader._disks.Values]));
    }

    // btrfs and others have a number of their own: the source names the device.
    private string? DeviceOf(Mount root)
    {
        if (Resolve(Path.Combine(_sys, "dev/block", root.Device.ToString())) is { } folder) return Path.GetFileName(folder);
        if (!root.Source.StartsWith("/dev/", StringComparison.Ordinal)) return null;
        var name = Path.GetFileName(root.Source);
        if (Directory.Exists(Folder(name))) return name;
        return HostFile.List(Path.Combine(_sys, "class/block"), out _).FirstOrDefault(d => Text(d, "dm/name") == name);
    }

    private void Walk(string name, int depth)
    {
        if (depth > Deepest) return;
        var below = HostFile.List(Path.Combine(Folder(name), "slaves"), out _);
        if (Text(name, "dm/uuid") is { } uuid)
        {
            var map = Text(name, "dm/name") is { Length: > 0 } known ? known : name;
            if (uuid.StartsWith("mpath-", StringComparison.Ordinal)) _maps.Add(map);
            _layers.Add($"{KindOfMap(uuid)} {map}");
        }
        else if (Text(name, "partition") is not null)
        {
            _layers.Add($"partition {name}");
            if (Resolve(Folder(name)) is { } place) Walk(Path.GetFileName(Path.GetDirectoryName(place)!), depth + 1);
            return;
        }
        else if (below.Length > 0)
        {
            _layers.Add(Directory.Exists(Path.Combine(Folder(name), "md")) ? $"RAID {name}" : name);
        }
        else
        {
            _disks[name] = Leaf(name);
            return;
        }

        foreach (var device in below) Walk(device, depth + 1);
    }

    private static string KindOfMap(string uuid) => uuid.Split('-')[0] switch
    {
        "mpath" => "multipath map",
        "LVM" => "LVM volume",
        "CRYPT" => "encrypted volume",
        ['p', 'a', 'r', 't', ..] => "partition",
        _ => "device-mapper volume",
    };

    private Disk Leaf(string name)
    {
        var place = Resolve(Folder(name)) ?? "";
        if (name.StartsWith("nvme", StringComparison.Ordinal)) return Nvme(name);
        if (name.StartsWith("rbd", StringComparison.Ordinal) || name.StartsWith("nbd", StringComparison.Ordinal) || name.StartsWith("drbd", StringComparison.Ordinal)) return new Disk(name, DiskKind.Network);
        if (place.Contains("/rport-", StringComparison.Ordinal)) return new Disk(name, DiskKind.FibreChannel);
        if (place.Contains("/session", StringComparison.Ordinal)) return new Disk(name, DiskKind.Iscsi);
        if (place.Contains("/usb", StringComparison.Ordinal) || place.Contains("/mmc", StringComparison.Ordinal)) return new Disk(name, DiskKind.Removable);
        return new Disk(name, place.Contains("/virtio", StringComparison.Ordinal) || place.Contains("/vbd-", StringComparison.Ordinal) ? DiskKind.Virtual : DiskKind.Local);
    }

    // The block device hangs on its controller, or with native multipath on the subsystem, which has a link for each controller.
    private Disk Nvme(string name)
    {
        var device = Path.Combine(Folder(name), "device");
        var transports = new List<string>();
        if (HostFile.Read(Path.Combine(device, "transport")).Text is { } only) transports.Add(only);
        foreach (var controller in HostFile.List(device, out _))
        {
            if (controller.StartsWith("nvme", StringComparison.Ordinal) && HostFile.Read(Path.Combine(device, controller, "transport")).Text is { } transport) transports.Add(transport);
        }

        return new Disk(name, transports.Exists(static t => t is "tcp" or "rdma" or "fc") ? DiskKind.NvmeFabric : DiskKind.Local, Math.Max(1, transports.Count));
    }

    private string Folder(string name) => Path.Combine(_sys, "class/block", name);

    private string? Text(string name, string attribute) => HostFile.Read(Path.Combine(Folder(name), attribute)).Text;

    private static string? Resolve(string link)
    {
        try
        {
            if (!Directory.Exists(link)) return null;
            return new DirectoryInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(link);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
