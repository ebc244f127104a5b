using NodeAgent.Storage.Model;

namespace NodeAgent.Tests.Unit.Storage;

/// <summary>
/// Maps from a line of text: paths divided by "|", each "device dm checker device-state initiator target fabric", where dm is A, F or - (not in
/// the table), "-" is unknown, and what is left away at the end is unknown too. "||" begins another group.
/// </summary>
internal static class MapMaker
{
    public static MultipathMap Of(string paths, string name = "mpatha") => new()
    {
        Name = name,
        Wwid = "3600a0980" + name,
        Device = "dm-3",
        Number = new DeviceNumber(253, 3),
        SizeBytes = 1 << 30,
        Product = "NETAPP LUN C-Mode",
        Groups = paths.Length == 0 ? [] : [.. paths.Split("||", StringSplitOptions.TrimEntries).Select(static (group, i) => Group(i + 1, group))],
    };

    public static StorageReading Reading(params IReadOnlyList<MultipathMap> maps) => new()
    {
        Source = new StorageSource(StorageSourceState.Multipathd, "multipathd and device-mapper answer"),
        Maps = maps,
    };

    private static PathGroup Group(int number, string text) =>
        new(number, number == 1 ? "active" : "enabled", 60 - (number * 10), [.. text.Split('|', StringSplitOptions.TrimEntries).Select(Path)]);

    private static StoragePath Path(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new StoragePath
        {
            Device = words[0],
            DmActive = Word(1) switch { "A" => true, "F" => false, _ => null },
            FailCount = Word(1) == "F" ? 1u : 0,
            CheckerState = Word(2)?.Replace('_', ' '),
            DeviceState = Word(3),
            Initiator = Word(4),
            TargetPort = Word(5),
            Fabric = Word(6),
            Hctl = words[0].StartsWith("sd", StringComparison.Ordinal) ? $"3:0:0:{words[0][2] - 'a'}" : null,
            Priority = 50,
        };

        string? Word(int i) => i < words.Length && words[i] != "-" ? words[i] : null;
    }
}
