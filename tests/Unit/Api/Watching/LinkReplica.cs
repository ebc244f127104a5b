using NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Api.Watching;

/// <summary>What a client knows of the links after the messages it got, as network.proto says they are to be read.</summary>
internal sealed class LinkReplica
{
    private readonly Dictionary<string, Link> _links = new(StringComparer.Ordinal);
    private readonly List<Route> _parts = [];

    public IReadOnlyDictionary<string, Link> Links => _links;

    public IReadOnlyList<Route> OtherRoutes { get; private set; } = [];

    public long Epoch { get; private set; }

    /// <summary>The version from which to resume.</summary>
    public long Version { get; private set; }

    /// <summary>False in the middle of a state or change of several parts.</summary>
    public bool IsWhole { get; private set; }

    public int FullStates { get; private set; }

    public void Apply(WatchLinksResponse message)
    {
        if (message.FullState)
        {
            FullStates++;
            _links.Clear();
        }

        foreach (var link in message.Changed) _links[link.Name] = link;
        foreach (var name in message.Removed) _links.Remove(name);
        if (message.OtherRoutesChanged) _parts.AddRange(message.OtherRoutes);
        IsWhole = !message.More;
        if (!IsWhole) return;
        if (message.OtherRoutesChanged) OtherRoutes = [.. _parts];
        _parts.Clear();
        (Epoch, Version) = (message.Epoch, message.Version);
    }
}
