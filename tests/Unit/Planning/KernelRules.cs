using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>What the kernel would refuse: checked before each step of a generated plan.</summary>
internal static class KernelRules
{
    /// <summary>Applies the steps one by one; throws at the first the kernel would not take.</summary>
    public static NetworkSnapshot Run(NetworkSnapshot before, IReadOnlyList<PlanStep> steps)
    {
        var state = new WorkingState(before);
        for (var i = 0; i < steps.Count; i++)
        {
            if (Problem(state, steps[i]) is { } problem) throw new InvalidOperationException($"step {i + 1} ({steps[i].GetType().Name} {steps[i].Link}): {problem}");
            StepEffects.Apply(state, steps[i]);
        }

        return state.ToSnapshot();
    }

    private static string? Problem(WorkingState state, PlanStep step)
    {
        if (step is CreateLinkStep create) return Create(state, create);
        if (step is AddRouteStep add) return Route(state, add.Route);
        if (step is RemoveRouteStep remove) return state.Routes.All.Any(r => WorkingRoutes.Same(r, remove.Route)) ? null : "no such route";
        if (state.Find(step.Link) is not { } link) return "no such link";
        return step switch
        {
            RemoveLinkStep => state.Uppers.Of(link.Name).Count > 0 ? $"{state.Uppers.Of(link.Name).First()} still sits on it" : null,
            SetUpStep up => Up(state, link, up.Up),
            SetFieldsStep fields => Fields(state, link, fields.Fields),
            SetControllerStep c => Controller(state, link, c.Controller),
            SetPortOptionsStep => Bridge(state, link) is null ? "not a bridge port" : null,
            SetVlansStep vlans => vlans.Self ? link.Type == InterfaceType.LinuxBridge ? null : "not a bridge" : Bridge(state, link) is null ? "not a bridge port" : null,
            AddAddressStep a => link.Addresses.Any(x => x.Cidr == a.Address && !x.Dynamic) ? "EEXIST" : null,
            RemoveAddressStep a => link.Has(a.Address) ? null : "EADDRNOTAVAIL",
            _ => null,
        };
    }

    private static string? Create(WorkingState state, CreateLinkStep step)
    {
        if (state.Find(step.Link) is not null) return "EEXIST";
        if (step.Fields.Text(VethFields.Peer) is { } peer && state.Find(peer) is not null) return "the peer exists";
        if (step.Fields.BaseLink is not { } name) return null;
        if (state.Find(name) is not { } lower) return $"no base {name}";
        if (step.Type is InterfaceType.Vlan or InterfaceType.Macvlan && step.Fields[CommonFields.Mtu]?.Number > lower.Mtu) return "an MTU above the base's";
        return step.Type == InterfaceType.Vlan && state.Uppers.Of(name).Any(u => state.Find(u)!.Fields[VlanFields.Id] == step.Fields[VlanFields.Id]) ? "the id is taken on this base" : null;
    }

    private static string? Up(WorkingState state, WorkingLink link, bool up) =>
        up && link.Type == InterfaceType.Vlan && link.BaseLink is { } lower && state.Find(lower) is not { Up: true } && link.Fields[VlanFields.LooseBinding]?.Number != 1 ? "ENETDOWN" : null;

    private static string? Fields(WorkingState state, WorkingLink link, FieldSet fields)
    {
        foreach (var entry in fields)
        {
            if (entry.Field.Apply == FieldApply.Recreate) return $"{entry.Field} never changes";
            if (entry.Field.Apply >= FieldApply.LinkDown && link.Up) return $"{entry.Field} while up";
            if (entry.Field.Apply == FieldApply.NoPorts && state.Ports.Of(link.Name).Count > 0) return $"{entry.Field} with ports";
            if (entry.Field == BondFields.Primary && entry.Value.Text is { Length: > 0 } primary && state.Find(primary)?.Controller != link.Name) return "the primary is no port";
            if (entry.Field == CommonFields.Mtu && link.Type is InterfaceType.Vlan or InterfaceType.Macvlan && link.BaseLink is { } lower && state.Find(lower)?.Mtu < entry.Value.Number) return "an MTU above the base's";
            if (!LinkSchema.Common.Contains(entry.Field) && !LinkSchema.Own(link.Type).Contains(entry.Field)) return $"{entry.Field} is not of a {link.Type}";
        }

        return null;
    }

    private static string? Controller(WorkingState state, WorkingLink link, string? controller)
    {
        if (controller is null) return link.Controller is null ? "no port of anything" : null;
        if (state.Find(controller) is not { } master) return $"no {controller}";
        if (!LinkSchema.HasPorts(master.Type)) return $"{controller} takes no ports";
        return master.Type == InterfaceType.Bond && link.Up ? "can not be enslaved while up" : null;
    }

    private static WorkingLink? Bridge(WorkingState state, WorkingLink link) => link.Controller is { } name && state.Find(name) is { Type: InterfaceType.LinuxBridge } bridge ? bridge : null;

    private static string? Route(WorkingState state, RouteState route)
    {
        if (state.Routes.To(route.Destination).Any(r => r.Table == route.Table && r.Metric == route.Metric && !r.IsKernels)) return "EEXIST";
        if (route.Device is not { } device) return null;
        if (state.Find(device) is not { Up: true } link) return "the device is down";
        return route.Gateway is { } gateway && !link.Addresses.Any(a => a.Cidr.Covers(gateway)) ? "the gateway cannot be reached" : null;
    }
}
