using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>A mapping, in the order written, every key once.</summary>
internal sealed class YamlMap(SourceMark mark) : YamlNode(mark)
{
    private const int IndexFrom = 16;

    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, int>? _index;

    public IReadOnlyList<YamlEntry> Entries => _entries;

    public override string Found => "a map";

    public YamlNode? this[string key] => Find(key)?.Value;

    public YamlEntry? Find(string key)
    {
        if (_index is not null) return _index.TryGetValue(key, out var at) ? _entries[at] : null;
        foreach (var entry in _entries)
        {
            if (entry.Key == key) return entry;
        }

        return null;
    }

    public void Add(YamlEntry entry)
    {
        _entries.Add(entry);
        Count(entry.Value);
        if (_index is not null) _index[entry.Key] = _entries.Count - 1;
        else if (_entries.Count == IndexFrom) _index = Index();
    }

    private Dictionary<string, int> Index()
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _entries.Count; i++) index[_entries[i].Key] = i;
        return index;
    }
}
