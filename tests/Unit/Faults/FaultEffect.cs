namespace NodeAgent.Tests.Unit.Faults;

/// <summary>What the faults of one file did to what a reader finds.</summary>
internal sealed class FaultEffect
{
    private readonly SortedSet<string> _changed = new(StringComparer.Ordinal);
    private bool _noticed;
    private bool _told = true;

    public void Add(Fault fault, string file, SortedDictionary<string, string> well, SortedDictionary<string, string> found)
    {
        var changed = well.Keys.Union(found.Keys).Where(key => well.GetValueOrDefault(key) != found.GetValueOrDefault(key)).ToList();
        // A name that was read from the file is as wild as the file.
        _changed.UnionWith(changed.Select(key => well.ContainsKey(key) ? key : "something new"));
        if (fault.Error is not { } error || changed.Count == 0) return;
        _noticed = true;
        _told &= changed.Any(key => found.GetValueOrDefault(key) is { } text
            && (text.Contains(error, StringComparison.Ordinal) || text.Contains(Path.GetFileName(file), StringComparison.Ordinal)));
    }

    /// <summary>"disks sda; says why"</summary>
    public override string ToString()
    {
        if (_changed.Count == 0) return "nothing depends on it";
        return $"{string.Join(", ", _changed)}; {(!_noticed ? "unreadable is as good as well" : _told ? "says why" : "unknown, without a reason")}";
    }
}
