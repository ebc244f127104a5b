using NodeAgent.Api.Mapping;
using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>Puts links of one state into as many messages as they need: clients take no more than 4 MiB in one.</summary>
internal sealed class LinkPacker(long epoch, NodeState state)
{
    /// <summary>Bytes after which a message is full: few enough that a link more does no harm, and that a slow reader holds little.</summary>
    private const int Full = 256 << 10;

    /// <summary>Every link of these, made as they are taken.</summary>
    public IEnumerable<V1.WatchLinksResponse> State(IEnumerable<string> names, bool others)
    {
        var first = true;
        foreach (var message in Change(names, others))
        {
            message.FullState = first;
            first = false;
            yield return message;
        }
    }

    /// <summary>These links as they are; those that are not there are told as removed.</summary>
    public IEnumerable<V1.WatchLinksResponse> Change(IEnumerable<string> names, bool others)
    {
        var message = New();
        var size = 0;
        foreach (var name in names)
        {
            if (size >= Full)
            {
                message.More = true;
                yield return message;
                (message, size) = (New(), 0);
            }

            size += Add(message, name);
        }

        if (others)
        {
            message.OtherRoutesChanged = true;
            foreach (var route in state.OtherRoutes) message.OtherRoutes.Add(RouteMapping.ToWire(route));
        }

        yield return message;
    }

    private int Add(V1.WatchLinksResponse message, string name)
    {
        if (!state.Links.TryGetValue(name, out var link))
        {
            message.Removed.Add(name);
            return name.Length;
        }

        var wire = LinkMapping.ToWire(link.State, link.Routes);
        message.Changed.Add(wire);
        return wire.CalculateSize();
    }

    private V1.WatchLinksResponse New() => new() { Epoch = epoch, Version = state.Version };
}
