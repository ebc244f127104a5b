using System.Collections.Frozen;
using NodeAgent.Files;
using NodeAgent.Native.Linux;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Users;

/// <summary>
/// Finds out who uses each map, itself or through devices on top of it (partitions, LVM, crypt): mounts, swap and kubelet's volumes, each
/// by the device's number. Reads folders of others, so it has a thread of its own.
/// </summary>
internal sealed class UserReader(HostPaths paths)
{
    /// <summary>A node with thousands of pods' mounts.</summary>
    private const int MaxMounts = 32 << 20;

    /// <summary>Devices on top of devices; more are a loop, or nobody's.</summary>
    private const int MaxAbove = 1024;

    private Dictionary<DeviceNumber, SortedSet<MapUser>> _users = [];
    private HashSet<DeviceNumber> _root = [];
    private HashSet<DeviceNumber> _boot = [];

    /// <summary>By the map's number; a map that nobody uses is not in it.</summary>
    /// <param name="devices">All devices of device-mapper.</param>
    /// <param name="errors">What could not be read, a cause each.</param>
    public FrozenDictionary<DeviceNumber, MapUse> Read(DmSnapshot devices, List<string> errors)
    {
        (_users, _root, _boot) = ([], [], []);
        var names = Names(devices);
        ReadMounts(names, errors);
        ReadSwaps(names, errors);
        ReadPods();
        var found = new Dictionary<DeviceNumber, MapUse>();
        foreach (var map in devices.Maps)
        {
            var use = Of(map.Number, devices, errors);
            if (use is not null) found[map.Number] = use;
        }

        return found.ToFrozenDictionary();
    }

    /// <summary>"/dev/mapper/vg-lv" and "/dev/dm-3" to numbers.</summary>
    private static Dictionary<string, DeviceNumber> Names(DmSnapshot devices)
    {
        var names = new Dictionary<string, DeviceNumber>(StringComparer.Ordinal);
        foreach (var map in devices.Maps) Add(map.Name, map.Number);
        foreach (var (number, other) in devices.Others) Add(other.Name, number);
        return names;

        void Add(string name, DeviceNumber number)
        {
            names[$"/dev/mapper/{name}"] = number;
            names[$"/dev/dm-{number.Minor}"] = number;
        }
    }

    /// <summary>As the host's first process sees them; where that is not allowed, as this process does.</summary>
    private void ReadMounts(Dictionary<string, DeviceNumber> names, List<string> errors)
    {
        var reading = HostFile.Read($"{paths.Proc}/1/mountinfo", MaxMounts);
        if (!reading.IsFound) reading = HostFile.Read($"{paths.Proc}/self/mountinfo", MaxMounts);
        if (reading.IsFailed) errors.Add(reading.Error);
        if (!reading.IsFound) return;
        foreach (var mount in MountInfo.Parse(reading.Text))
        {
            var volume = KubeletPaths.VolumeOf(paths.Kubelet, mount.Point);
            if (mount.Type == "devtmpfs")
            {
                // A block volume: its device's node, bind-mounted.
                if (volume is not null && names.TryGetValue($"/dev{mount.Root}", out var node)) Add(node, new MapUser(MapUserKind.PersistentVolume, volume));
                continue;
            }

            var device = names.TryGetValue(mount.Source, out var named) ? named : mount.Device;
            if (device.Major == 0) continue;
            Add(device, volume is null ? new MapUser(MapUserKind.Mount, mount.Point) : new MapUser(MapUserKind.PersistentVolume, volume));
            if (mount.Point == "/") _root.Add(device);
            if (mount.Point is "/boot" or "/boot/efi" or "/efi") _boot.Add(device);
        }
    }

    private void ReadSwaps(Dictionary<string, DeviceNumber> names, List<string> errors)
    {
        var reading = HostFile.Read($"{paths.Proc}/swaps");
        if (reading.IsFailed) errors.Add(reading.Error);
        if (!reading.IsFound) return;
        foreach (var line in reading.Text.AsSpan().EnumerateLines())
        {
            // "Filename  Type  Size  Used  Priority", then one a line
            var end = line.IndexOfAny(' ', '\t');
            if (end <= 0) continue;
            var name = MountInfo.Unescape(line[..end]);
            if (names.TryGetValue(name, out var device)) Add(device, new MapUser(MapUserKind.Swap, name));
        }
    }

    /// <summary>Block volumes of pods: links to what the driver made, which need not be a mount.</summary>
    private void ReadPods()
    {
        foreach (var pod in HostFile.List($"{paths.Kubelet}/pods", out _))
        {
            var folder = $"{paths.Kubelet}/pods/{pod}/volumeDevices";
            foreach (var plugin in HostFile.List(folder, out _))
            {
                foreach (var volume in HostFile.List($"{folder}/{plugin}", out _))
                {
                    if (Stat.Describe($"{folder}/{plugin}/{volume}") is { IsBlockDevice: true } status) Add(new DeviceNumber(status.Major, status.Minor), new MapUser(MapUserKind.PersistentVolume, volume));
                }
            }
        }
    }

    private MapUse? Of(DeviceNumber map, DmSnapshot devices, List<string> errors)
    {
        var users = new SortedSet<MapUser>(ByKindAndName.Instance);
        var seen = new HashSet<DeviceNumber> { map };
        var open = new Queue<DeviceNumber>(seen);
        var (root, boot) = (false, false);
        while (open.TryDequeue(out var device))
        {
            if (_users.TryGetValue(device, out var own)) users.UnionWith(own);
            root |= _root.Contains(device);
            boot |= _boot.Contains(device);
            var holders = HostFile.List($"{paths.Sys}/dev/block/{device}/holders", out var error);
            if (error is not null) errors.Add(error);
            if (device != map && Above(device, own is null && holders.Length == 0, devices) is { } user) users.Add(user);
            foreach (var holder in holders)
            {
                if (seen.Count < MaxAbove && NumberOf(holder, devices) is { } number && seen.Add(number)) open.Enqueue(number);
            }
        }

        // Where kubelet stages a volume says nothing once the volume is named.
        if (users.Any(static u => u.Kind == MapUserKind.PersistentVolume)) users.RemoveWhere(u => u.Kind == MapUserKind.Mount && u.Name.StartsWith($"{paths.Kubelet}/", StringComparison.Ordinal));
        return users.Count == 0 && !root && !boot ? null : new MapUse([.. users], root, boot);
    }

    /// <summary>A device on top of the map: a logical volume by its name; another only where nothing else says what it is used for.</summary>
    private static MapUser? Above(DeviceNumber device, bool isLast, DmSnapshot devices)
    {
        if (!devices.Others.TryGetValue(device, out var other)) return isLast ? new MapUser(MapUserKind.Device, device.ToString()) : null;
        if (other.Uuid.StartsWith("LVM-", StringComparison.Ordinal)) return new MapUser(MapUserKind.LogicalVolume, LvmName.Readable(other.Name));
        return isLast ? new MapUser(MapUserKind.Device, other.Name) : null;
    }

    private DeviceNumber? NumberOf(string holder, DmSnapshot devices)
    {
        if (holder.StartsWith("dm-", StringComparison.Ordinal) && devices.Maps is [var any, ..] && uint.TryParse(holder.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture, out var minor))
            return any.Number with { Minor = minor };
        return HostFile.Read($"{paths.Sys}/class/block/{holder}/dev").Text is { } text && MountInfo.TryNumber(text, out var number) ? number : null;
    }

    private void Add(DeviceNumber device, MapUser user)
    {
        if (!_users.TryGetValue(device, out var users)) _users[device] = users = new SortedSet<MapUser>(ByKindAndName.Instance);
        users.Add(user);
    }
}
