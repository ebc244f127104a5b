using NodeAgent.Api.Mapping;
using NodeAgent.Network.Model;
using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>Puts links of one state into as many messages as they need: clients take no more than 4 MiB in one.</summary>
internal sealed class LinkPacker(long epoch, NodeState state)
{
    /// <summary>Bytes after which a message is full: few enough that a link more does no harm, and that a slow reader holds little.</summary>
    private const int Full = 256 << 10;

    /// <summary>Bytes of routes that a link may have in a message, and those that leave by none: a link cannot be told in parts.</summary>
    private const int MostRoutes = 2 << 20;

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
                yield return Continued(message);
                (message, size) = (New(), 0);
            }

            size += Add(message, name);
        }

        if (others)
        {
            if (size >= Full)
            {
                yield return Continued(message);
                message = New();
            }

            message.OtherRoutesChanged = true;
            message.OtherRoutesLeftOut = Add(message.OtherRoutes, state.OtherRoutes);
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

        var wire = LinkMapping.ToWire(link.State);
        wire.RoutesLeftOut = Add(wire.Routes, link.Routes);
        message.Changed.Add(wire);
        return wire.CalculateSize();
    }

    // How many did not fit.
    private static int Add(ICollection<V1.Route> list, IReadOnlyList<RouteState> routes)
    {
        var size = 0;
        for (var i = 0; i < routes.Count; i++)
        {
            var route = RouteMapping.ToWire(routes[i]);
            if ((size += route.CalculateSize()) > MostRoutes) return routes.Count - i;
            list.Add(route);
        }

        return 0;
    }

    private static V1.WatchLinksResponse Continued(V1.WatchLinksResponse message)
    {
        message.More = true;
        return message;
    }

    private V1.WatchLinksResponse New() => new() { Epoch = epoch, Version = state.Version };
}
