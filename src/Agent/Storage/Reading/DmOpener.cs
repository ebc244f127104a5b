using NodeAgent.Files;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Reading;

/// <summary>The way to the kernel's device-mapper, and what it means where there is none.</summary>
internal sealed class DmOpener(HostPaths paths)
{
    private string Node => $"{paths.Dev}/mapper/control";

    public IDeviceMapper Open() => DmControl.Open(Node);

    /// <summary>Absent, unsupported and failed are different answers, with different things to do.</summary>
    public DmSnapshot Why(DmException e)
    {
        var misc = HostFile.Read($"{paths.Proc}/misc");
        var hasIt = misc.IsFound && misc.Text.Contains("device-mapper", StringComparison.Ordinal);
        return e.Errno switch
        {
            Errno.ENOENT or Errno.ENXIO or Errno.ENODEV when misc.Error is { } error =>
                Failed($"{Node} is missing, and whether the kernel has device-mapper could not be read: {error}"),
            Errno.ENOENT or Errno.ENXIO or Errno.ENODEV when !hasIt =>
                DmSnapshot.Without(StorageSourceState.Unsupported, "this kernel has no device-mapper: load dm-multipath (modprobe dm-multipath) where this node has multipath storage"),
            Errno.ENOENT or Errno.ENXIO or Errno.ENODEV =>
                Failed($"the kernel has device-mapper, and {Node} is missing: check that udev runs and that this process sees the host's /dev, or run dmsetup mknodes"),
            Errno.EACCES or Errno.EPERM =>
                Failed($"device-mapper may not be asked ({Errno.Name(e.Errno)} at {Node}): it takes root and CAP_SYS_ADMIN"),
            _ => Failed($"{e.Message}: look at the kernel's messages"),
        };
    }

    /// <summary>Which maps there are sysfs says to everybody.</summary>
    private DmSnapshot Failed(string reason)
    {
        var maps = new List<DmMap>();
        var devices = HostFile.List($"{paths.Sys}/block", out var error);
        foreach (var device in devices)
        {
            if (!device.StartsWith("dm-", StringComparison.Ordinal)) continue;
            var folder = $"{paths.Sys}/block/{device}";
            var uuid = HostFile.Read($"{folder}/dm/uuid").Text;
            if (uuid is null || !uuid.StartsWith(DmMap.UuidPrefix, StringComparison.Ordinal)) continue;
            if (HostFile.Read($"{folder}/dm/name").Text is not { Length: > 0 } name) continue;
            _ = HostFile.ReadNumber($"{folder}/size", out var sectors);
            _ = Users.MountInfo.TryNumber(HostFile.Read($"{folder}/dev").Text, out var number);
            maps.Add(new DmMap { Name = name, Uuid = uuid, Number = number, Sectors = (ulong)Math.Max(sectors, 0) });
        }

        return DmSnapshot.Without(StorageSourceState.Failed, reason) with { Maps = [.. maps], HasSurelyNone = maps.Count == 0 && devices.Length > 0 && error is null };
    }
}
