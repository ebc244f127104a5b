namespace NodeAgent.Network.Planning.Working;

/// <summary>An index of names over a snapshot's: a list is copied when it is first changed, and changes in constant time.</summary>
internal sealed class NameIndex(Func<string, IReadOnlyList<string>> source)
{
    private readonly Dictionary<string, HashSet<string>> _changed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Of(string key) => _changed.TryGetValue(key, out var set) ? set : source(key);

    public void Add(string key, string name) => Edit(key).Add(name);

    public void Remove(string key, string name) => Edit(key).Remove(name);

    public void Clear(string key) => _changed[key] = [];

    private HashSet<string> Edit(string key)
    {
        if (!_changed.TryGetValue(key, out var set)) _changed[key] = set = new HashSet<string>(source(key), StringComparer.Ordinal);
        return set;
    }
}
