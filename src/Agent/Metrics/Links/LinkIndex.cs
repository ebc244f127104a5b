using NodeAgent.Native.Rtnl;

namespace NodeAgent.Metrics.Links;

/// <summary>The links there are, by index, each with its labels from one sample to the next.</summary>
internal sealed class LinkIndex
{
    private readonly Dictionary<int, LinkEntry> _entries = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly List<int> _gone = [];
    private long _sample;

    public LinkEntry? Find(int? index) => index is { } number ? _entries.GetValueOrDefault(number) : null;

    /// <summary>Takes in who came, went or was renamed.</summary>
    public void Update(List<LinkMessage> links)
    {
        _sample++;
        _labels.Clear();
        foreach (var link in links) EntryOf(link).Seen = _sample;
        if (_entries.Count == links.Count) return;
        foreach (var entry in _entries.Values)
        {
            if (entry.Seen != _sample) _gone.Add(entry.Index);
        }

        foreach (var index in _gone) _entries.Remove(index);
        _gone.Clear();
    }

    // Two names that are not UTF-8 may look the same, and a series that comes twice makes a scraper refuse them all.
    private LinkEntry EntryOf(LinkMessage link)
    {
        var name = link.Name ?? "";
        var label = _labels.Add(name) ? name : $"{name}#{link.Index}";
        if (_entries.TryGetValue(link.Index, out var entry) && entry.Name == name && entry.Label == label) return entry;
        return _entries[link.Index] = new LinkEntry(link.Index, name, label);
    }
}
