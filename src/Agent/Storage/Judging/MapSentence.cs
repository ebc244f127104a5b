using System.Globalization;
using System.Text;
using NodeAgent.Config;
using NodeAgent.Network.Spec;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>Says how a map stands: what it has, what is wrong with the rest, the next thing to check.</summary>
internal sealed class MapSentence(MapFacts facts, IReadOnlyDictionary<string, StorageInitiator> initiators)
{
    /// <param name="state">How it stands.</param>
    /// <param name="history">Since when, and how often its paths turned.</param>
    /// <param name="flapping">By what it is flapping; null where it is not.</param>
    public string Of(MapState state, MapHistory history, StorageSettings? flapping)
    {
        var text = new StringBuilder(Carries(facts.Map)).Append(Standing(state, history));
        var faults = PathFaults.Of(facts);
        for (var i = 0; i < faults.Count; i++) text.Append(i == 0 ? ": " : ", ").Append(faults[i]);
        if (NextStep.Of(facts, initiators) is { } step) text.Append("; ").Append(step);
        if (state == MapState.Queueing) text.Append(", or let its I/O fail with multipathd disablequeueing map ").Append(facts.Map.Name);
        if (flapping is not null)
            text.Append(CultureInfo.InvariantCulture, $"; flapping ({flapping.FlappingChanges} changes or more within {Durations.Format(flapping.FlappingWindow)}): check cables, optics and the switch");
        if (facts.Map.Error is { } error) text.Append("; not all of it could be read: ").Append(error);
        return text.ToString();
    }

    public static string OfUnknown(MultipathMap map, MapHistory history) => Carries(map) + (map.Error is { } error && map.Groups.Count == 0
        ? $"cannot be judged: {error}"
        : $"is suspended since {Time(history.SuspendedSince)} and passes no I/O; see who changes its table (ps, dmsetup info {map.Name}), dmsetup resume {map.Name} lets I/O go on");

    private string Standing(MapState state, MapHistory history)
    {
        var (usable, expected) = (facts.Usable.Paths, facts.Expected.Paths);
        return state switch
        {
            MapState.Healthy or MapState.Unknown => $"has {usable} of {expected} paths{Over()}",
            MapState.Degraded => $"has {usable} of {expected} paths",
            MapState.NoRedundancy when facts.ExpectsOne => $"has a single path ({Name(facts.First!)}) and stops with it",
            MapState.NoRedundancy when usable == 1 => $"has 1 of {expected} paths left ({Name(facts.First!)})",
            MapState.NoRedundancy => $"has {usable} of {expected} paths{(usable < expected ? " left" : "")}, all {Shared()}",
            MapState.Queueing => $"has no usable path{Of(expected)} and its I/O waits since {Time(history.QueueingSince)}",
            _ => $"has no usable path{Of(expected)} and its I/O fails",
        };
    }

    /// <summary>The map, and what makes it dearer than others.</summary>
    private static string Carries(MultipathMap map) => map.Name + map switch
    {
        { IsRoot: true, IsBoot: true } => " carries the root file system and /boot, and ",
        { IsRoot: true } => " carries the root file system and ",
        { IsBoot: true } => " carries /boot and ",
        _ => " ",
    };

    private static string Of(int expected) => expected == 0 ? "" : $" of {expected}";

    private string Over()
    {
        var names = new List<string>();
        foreach (var path in facts.Map.Paths)
        {
            if (path.Initiator is { } name && !names.Contains(name)) names.Add(name);
        }

        return names.Count switch { 0 => "", 1 => $", all over {names[0]}", <= 4 => $" over {Words.And(names)}", _ => $" over {names.Count} adapters" };
    }

    private string Shared()
    {
        var parts = new List<string>();
        var path = facts.First!;
        if (facts.SharesInitiator) parts.Add($"over {path.Initiator}");
        if (facts.SharesTargetPort) parts.Add($"to target port {path.TargetPort}");
        // An adapter is in one fabric.
        if (facts.SharesFabric && !facts.SharesInitiator) parts.Add($"through fabric {path.Fabric}");
        return Words.And(parts);
    }

    private static string Name(StoragePath path) => path.Initiator is { } initiator ? $"{path.Device} over {initiator}" : path.Device;

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
