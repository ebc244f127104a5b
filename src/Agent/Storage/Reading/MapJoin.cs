using System.Collections.Immutable;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Multipathd;
using NodeAgent.Storage.Sysfs;
using NodeAgent.Storage.Users;

namespace NodeAgent.Storage.Reading;

/// <summary>
/// One map out of what device-mapper, multipathd, sysfs and its users say of it; a pure function. Groups and states are device-mapper's;
/// where it cannot be asked they are what multipathd last saw.
/// </summary>
/// <param name="facts">Of paths, by number.</param>
/// <param name="initiators">By name.</param>
/// <param name="orphans">multipathd's paths that are in no map, by WWID.</param>
internal sealed class MapJoin(
    IReadOnlyDictionary<DeviceNumber, PathFacts> facts,
    IReadOnlyDictionary<string, StorageInitiator> initiators,
    IReadOnlyDictionary<string, IReadOnlyList<MultipathdPath>> orphans)
{
    private const int SectorBytes = 512;

    /// <param name="dm">What device-mapper says of it.</param>
    /// <param name="told">What multipathd says; null where it does not, or not of the same volume.</param>
    /// <param name="use">Who uses it.</param>
    /// <param name="silence">Why device-mapper does not answer at present, so that what it said is old or nothing; null: it does.</param>
    public MultipathMap Join(DmMap dm, MultipathdMap? told, MapUse use, string? silence)
    {
        if (told is not null && told.Wwid.Length > 0 && told.Wwid != dm.Wwid) told = null;
        var isCurrent = silence is null && dm.Error is null;
        var groups = isCurrent || told is null ? Groups(dm, told) : Groups(told);
        return new MultipathMap
        {
            Name = dm.Name,
            Wwid = dm.Wwid,
            Device = $"dm-{dm.Number.Minor}",
            Number = dm.Number,
            SizeBytes = dm.Sectors * SectorBytes,
            Product = told?.Product ?? ProductOf(dm),
            QueuesIfNoPath = isCurrent || told is null ? dm.QueuesIfNoPath : told.QueuesIfNoPath,
            IsSuspended = dm.IsSuspended,
            Groups = groups,
            Users = use.Users,
            IsRoot = use.IsRoot,
            IsBoot = use.IsBoot,
            Error = silence is null ? dm.Error ?? ErrorOf(dm) : told is null ? silence : null,
        };
    }

    /// <summary>A map that multipathd alone tells of, for device-mapper cannot be asked.</summary>
    public MultipathMap Join(MultipathdMap told) => new()
    {
        Name = told.Name,
        Wwid = told.Wwid,
        Device = told.Device,
        Product = told.Product,
        QueuesIfNoPath = told.QueuesIfNoPath,
        IsSuspended = told.IsSuspended,
        Groups = Groups(told),
    };

    private ImmutableArray<PathGroup> Groups(DmMap dm, MultipathdMap? told)
    {
        var groups = ImmutableArray.CreateBuilder<PathGroup>(dm.Groups.Count + 1);
        var numbers = new HashSet<DeviceNumber>();
        for (var i = 0; i < dm.Groups.Count; i++)
        {
            var group = dm.Groups[i];
            var paths = ImmutableArray.CreateBuilder<StoragePath>(group.Paths.Count);
            int? priority = null;
            foreach (var path in group.Paths)
            {
                numbers.Add(path.Number);
                var (from, known) = Find(told, path.Number);
                priority ??= from?.Priority;
                paths.Add(Path(path, known));
            }

            groups.Add(new PathGroup(i + 1, group.State, priority, paths.MoveToImmutable()));
        }

        if (Missing(dm, told, numbers) is { Count: > 0 } missing) groups.Add(new PathGroup(0, PathGroup.Missing, null, missing));
        return groups.ToImmutable();
    }

    /// <summary>Paths of this volume that multipathd has and device-mapper's table has not.</summary>
    private List<StoragePath> Missing(DmMap dm, MultipathdMap? told, HashSet<DeviceNumber> numbers)
    {
        var missing = new List<StoragePath>();
        foreach (var group in told?.Groups ?? []) Add(group.Paths);
        if (orphans.TryGetValue(dm.Wwid, out var others)) Add(others);
        return missing;

        void Add(IReadOnlyList<MultipathdPath> paths)
        {
            foreach (var path in paths)
            {
                // A device that is gone multipathd may remember for a moment longer.
                if (path.Number is { } number && numbers.Add(number) && facts.GetValueOrDefault(number) is not { Route: null }) missing.Add(Path(path, null));
            }
        }
    }

    private ImmutableArray<PathGroup> Groups(MultipathdMap told)
    {
        var groups = ImmutableArray.CreateBuilder<PathGroup>(told.Groups.Count);
        foreach (var group in told.Groups)
            groups.Add(new PathGroup(groups.Count + 1, group.State, group.Priority, [.. group.Paths.Select(path => Path(path, path.DmActive))]));
        return groups.MoveToImmutable();
    }

    private StoragePath Path(DmPath path, MultipathdPath? told) =>
        Path(path.Number, told) with { DmActive = path.Active, FailCount = path.FailCount };

    private StoragePath Path(MultipathdPath told, bool? active) => Path(told.Number ?? default, told) with { DmActive = active };

    private StoragePath Path(DeviceNumber number, MultipathdPath? told)
    {
        var known = facts.GetValueOrDefault(number);
        var route = known?.Route;
        var initiator = route?.Initiator is { } name ? initiators.GetValueOrDefault(name) : null;
        return new StoragePath
        {
            Device = route?.Device ?? told?.Device ?? number.ToString(),
            Number = number,
            CheckerState = told?.CheckerState,
            // sysfs is read after multipathd's own look at it; of a device that is gone it says nothing, and what multipathd remembers is old.
            DeviceState = known is null ? told?.DeviceState : known.State,
            Priority = told?.Priority,
            Hctl = route?.Hctl,
            Initiator = route?.Initiator,
            TargetPort = TargetPort(route, initiator) ?? known?.TargetPort ?? told?.TargetWwpn,
            Fabric = initiator?.Fabric,
        };
    }

    private static string? TargetPort(DeviceRoute? route, StorageInitiator? initiator)
    {
        foreach (var remote in initiator?.Remotes ?? [])
        {
            switch (initiator!.Transport)
            {
                case StorageTransport.FibreChannel when remote.Name != route!.RemotePort: continue;
                case StorageTransport.Iscsi when remote.Address is not null: return $"{remote.Name} {remote.Address}";
                case StorageTransport.Iscsi: return remote.Name;
                default: return remote.Address;
            }
        }

        return null;
    }

    private string? ProductOf(DmMap dm)
    {
        foreach (var group in dm.Groups)
        {
            foreach (var path in group.Paths)
            {
                if (facts.GetValueOrDefault(path.Number)?.Product is { } product) return product;
            }
        }

        return null;
    }

    private string? ErrorOf(DmMap dm)
    {
        foreach (var group in dm.Groups)
        {
            foreach (var path in group.Paths)
            {
                if (facts.GetValueOrDefault(path.Number)?.Error is { } error) return error;
            }
        }

        return null;
    }

    private static (MultipathdGroup? Group, MultipathdPath? Path) Find(MultipathdMap? told, DeviceNumber number)
    {
        foreach (var group in told?.Groups ?? [])
        {
            foreach (var path in group.Paths)
            {
                if (path.Number == number) return (group, path);
            }
        }

        return default;
    }
}
