using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Storage;

/// <summary>What differs between two states of a map.</summary>
internal static class MapDiff
{
    public static void Add(MultipathMap? before, MultipathMap? now, List<StorageChange> changes)
    {
        if (before is null || now is null)
        {
            var name = (before ?? now)!.Name;
            changes.Add(new StorageChange("map", name, null, "map", before is null ? null : Word(before), now is null ? null : Word(now), now?.Reason, now?.Severity));
            return;
        }

        // A map that was renamed goes on under its new name.
        Compare(now, null, "name", before.Name, now.Name, changes);
        Paths(before, now, changes);
        if (before.Verdict != now.Verdict) changes.Add(new StorageChange("map", now.Name, null, "verdict", Word(before), Word(now), now.Reason, now.Severity));
        Compare(now, null, "flapping", Word(before.Flapping), Word(now.Flapping), changes);
        Compare(now, null, "queues if no path", Word(before.QueuesWithoutPaths), Word(now.QueuesWithoutPaths), changes);
        Compare(now, null, "suspended", Word(before.Suspended), Word(now.Suspended), changes);
        Compare(now, null, "size", Size(before), Size(now), changes);
        Compare(now, null, "used by", Users(before), Users(now), changes);
        if (before.Error != now.Error) changes.Add(new StorageChange("map", now.Name, null, "error", Known(before.Error), Known(now.Error)));
    }

    private static void Paths(MultipathMap before, MultipathMap now, List<StorageChange> changes)
    {
        var former = before.Groups.SelectMany(static g => g.Paths).DistinctBy(static p => p.Device).ToDictionary(static p => p.Device, StringComparer.Ordinal);
        foreach (var path in now.Groups.SelectMany(static g => g.Paths).DistinctBy(static p => p.Device))
        {
            if (!former.Remove(path.Device, out var old))
            {
                changes.Add(new StorageChange("map", now.Name, path.Device, "path", null, path.DmState));
                continue;
            }

            Compare(now, path, "dm", old.DmState, path.DmState, changes);
            Compare(now, path, "checker", old.CheckerState, path.CheckerState, changes);
            Compare(now, path, "device", old.DeviceState, path.DeviceState, changes);
            Compare(now, path, "priority", Priority(old), Priority(path), changes);
        }

        foreach (var gone in former.Values) changes.Add(new StorageChange("map", now.Name, gone.Device, "path", gone.DmState, null));
    }

    private static void Compare(MultipathMap map, StoragePath? path, string field, string from, string to, List<StorageChange> changes)
    {
        if (from != to) changes.Add(new StorageChange("map", map.Name, path?.Device, field, from, to));
    }

    private static string Word(MultipathMap map) => StorageWords.Of(map.Verdict);

    private static string Word(bool value) => value ? "yes" : "no";

    private static string Size(MultipathMap map) => StorageWords.Size(map.SizeBytes);

    private static string Priority(StoragePath path) => path.HasPriority ? path.Priority.ToString(CultureInfo.InvariantCulture) : "";

    private static string Users(MultipathMap map) => map.Users.Count == 0 ? "nobody" : string.Join(", ", map.Users.Select(static u => $"{StorageWords.Of(u.Kind)} {u.Name}"));

    private static string? Known(string text) => text.Length == 0 ? null : text;
}
