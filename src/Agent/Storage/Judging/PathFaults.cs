namespace NodeAgent.Storage.Judging;

/// <summary>Says of the paths that are not as they should be what device-mapper, the checker and the bus say, paths alike together.</summary>
internal static class PathFaults
{
    /// <summary>One clause for each kind of fault; empty where there is none.</summary>
    public static List<string> Of(MapFacts facts)
    {
        var clauses = new List<string>();
        var alike = new List<(PathSigns Signs, List<string> Devices)>();
        foreach (var path in facts.Map.Paths)
        {
            if (PathWords.IsUsable(path) && !PathWords.IsDoubtful(path)) continue;
            var signs = PathSigns.Of(path);
            var index = alike.FindIndex(a => a.Signs == signs);
            if (index < 0) alike.Add((signs, [path.Device]));
            else alike[index].Devices.Add(path.Device);
        }

        foreach (var (signs, devices) in alike) clauses.Add(signs.Clause(devices));
        var gone = facts.Expected.Paths - facts.Present.Paths;
        if (gone > 0) clauses.Add(gone == 1 ? "a path it had is gone" : $"{gone} paths it had are gone");
        return clauses;
    }
}
