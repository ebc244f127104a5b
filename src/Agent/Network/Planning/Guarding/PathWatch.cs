using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Guarding;

/// <summary>One control path, with what it consists of before the plan: whether a state still has all of it.</summary>
internal sealed class PathWatch
{
    private readonly Reach _reach;
    private readonly HashSet<string> _parts = new(StringComparer.Ordinal);
    private readonly HashSet<long> _tags;
    private readonly string? _controller;
    private readonly bool _hasSource;
    private readonly bool _hasSubnet;
    private readonly RouteState? _route;

    public PathWatch(ControlPath path, WorkingState state, Reach reach)
    {
        Path = path;
        _reach = reach;
        _tags = reach.Tags(state, path.Link);
        var link = state.Find(path.Link);
        _controller = link?.Controller;
        _hasSource = HasSource(link);
        _hasSubnet = HasSubnet(link);
        _route = PathRoute.Find(state, path);
        AddPart(state, path.Link);
        WasIntact = IsIntact(state);
    }

    public ControlPath Path { get; }

    /// <summary>False: it was broken before, so that nothing can cut it.</summary>
    public bool WasIntact { get; }

    public bool IsCut { get; set; }

    /// <summary>In words, with its link.</summary>
    public string Text => Path.Description.Contains(Path.Link, StringComparison.Ordinal) ? Path.Description : $"{Path.Description} over {Path.Link}";

    /// <summary>False where the step cannot have changed anything of the path; says so without looking at it.</summary>
    public bool Concerns(WorkingState state, PlanStep step)
    {
        switch (step)
        {
            case SetControllerStep { Controller: { } controller } when _parts.Contains(controller) && !_parts.Contains(step.Link):
                // One port more takes nothing away, and is one of those that carry the path from now on.
                AddPart(state, step.Link);
                return IsCut;
            case CreateLinkStep { Type: InterfaceType.Vlan } create:
                // It may take its VLAN from a bridge that the path goes through.
                return create.Fields.Text(VlanFields.BaseLink) is { } lower && _parts.Contains(lower) && create.Fields[VlanFields.Id] is { } id && _tags.Any(t => (t & 0xFFF) == id.Number);
            case RemoveRouteStep remove:
                return _route is not null && WorkingRoutes.Same(_route, remove.Route);
            case AddRouteStep:
                return IsCut;
            default:
                return _parts.Contains(step.Link);
        }
    }

    public bool IsIntact(WorkingState state)
    {
        if (state.Find(Path.Link) is not { Up: true } link) return false;
        if (_controller is null && link.Controller is not null) return false;
        if (_hasSource && !HasSource(link)) return false;
        if (_hasSubnet && !HasSubnet(link)) return false;
        if (_tags.Count > 0 && !_reach.Tags(state, Path.Link).Overlaps(_tags)) return false;
        return _route is null || PathRoute.IsThere(state, _route);
    }

    private bool HasSource(WorkingLink? link) => Path.Source is { } source && link?.Addresses.Any(a => a.Cidr.Address.Equals(source)) == true;

    /// <summary>An address from which the gateway, or the destination itself, is on the link.</summary>
    private bool HasSubnet(WorkingLink? link) =>
        (Path.Gateway ?? Path.Destination) is { } next && !next.IsIPv6LinkLocal && link?.Addresses.Any(a => a.Cidr.Covers(next)) == true;

    /// <summary>The link and all that is below it, ports and veth peers included.</summary>
    private void AddPart(WorkingState state, string start)
    {
        var queue = new Queue<string>();
        queue.Enqueue(start);
        while (queue.TryDequeue(out var name))
        {
            if (!_parts.Add(name) || state.Find(name) is not { } link) continue;
            if (link.BaseLink is { } lower) queue.Enqueue(lower);
            if (link.Type == InterfaceType.Veth && LinkEffects.PeerOf(state, link) is { } peer) _parts.Add(peer);
            foreach (var port in state.Ports.Of(name))
            {
                if (link.Type == InterfaceType.Bond || _reach.IsUplink(state.Find(port)!, name)) queue.Enqueue(port);
            }
        }
    }
}
