using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Api.Mapping;

/// <summary>Steps of a plan.</summary>
internal static class StepMapping
{
    public static V1.PlanStep ToWire(PlanStep step)
    {
        var wire = new V1.PlanStep
        {
            Action = step.Action switch
            {
                StepAction.Create => V1.PlanAction.Create,
                StepAction.Remove => V1.PlanAction.Remove,
                _ => V1.PlanAction.Modify,
            },
            Kind = step.Kind,
            Link = step.Link,
            Reason = step.Reason,
        };
        if (step.Policy is { } policy) wire.Policy = policy;
        foreach (var change in step.Changes) wire.Changes.Add(ToWire(change));
        Write(step, wire);
        return wire;
    }

    /// <exception cref="FormatException">A step is of a kind that only a newer agent knows.</exception>
    public static PlanStep FromWire(V1.PlanStep wire) => Read(wire) with
    {
        Policy = wire.HasPolicy ? wire.Policy : null,
        Changes = [.. wire.Changes.Select(static c => new Change(c.Field, c.HasFrom ? c.From : null, c.HasTo ? c.To : null))],
    };

    private static void Write(PlanStep step, V1.PlanStep wire)
    {
        switch (step)
        {
            case CreateLinkStep create:
                (wire.Operation, wire.Type) = (V1.PlanOperation.CreateLink, create.Type.ToText());
                FieldMapping.Write(create.Fields, wire.Fields);
                break;
            case RemoveLinkStep:
                wire.Operation = V1.PlanOperation.RemoveLink;
                break;
            case SetFieldsStep set:
                (wire.Operation, wire.Type) = (V1.PlanOperation.SetFields, set.Type.ToText());
                FieldMapping.Write(set.Fields, wire.Fields);
                break;
            case SetUpStep up:
                (wire.Operation, wire.Up) = (V1.PlanOperation.SetUp, up.Up);
                break;
            case SetControllerStep controller:
                wire.Operation = V1.PlanOperation.SetController;
                if (controller.Controller is { } name) wire.Controller = name;
                wire.ControllerType = controller.ControllerType?.ToText() ?? "";
                break;
            case SetPortOptionsStep port:
                wire.Operation = V1.PlanOperation.SetPortOptions;
                FieldMapping.Write(port.Options, wire.Fields);
                break;
            case SetVlansStep vlans:
                (wire.Operation, wire.Self) = (V1.PlanOperation.SetVlans, vlans.Self);
                (wire.VlansRemoved, wire.VlansAdded) = (VlanMapping.ToWire(vlans.Remove), VlanMapping.ToWire(vlans.Add));
                break;
            case AddAddressStep add:
                (wire.Operation, wire.Address) = (V1.PlanOperation.AddAddress, add.Address.ToString());
                break;
            case RemoveAddressStep remove:
                (wire.Operation, wire.Address) = (V1.PlanOperation.RemoveAddress, remove.Address.ToString());
                break;
            case AddRouteStep add:
                (wire.Operation, wire.Route) = (V1.PlanOperation.AddRoute, RouteMapping.ToWire(add.Route));
                break;
            case RemoveRouteStep remove:
                (wire.Operation, wire.Route) = (V1.PlanOperation.RemoveRoute, RouteMapping.ToWire(remove.Route));
                break;
        }
    }

    private static PlanStep Read(V1.PlanStep wire) => wire.Operation switch
    {
        V1.PlanOperation.CreateLink => new CreateLinkStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Type = LinkMapping.Type(wire.Type), Fields = FieldMapping.Read(wire.Fields) },
        V1.PlanOperation.RemoveLink => new RemoveLinkStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason },
        V1.PlanOperation.SetFields => new SetFieldsStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Type = LinkMapping.Type(wire.Type), Fields = FieldMapping.Read(wire.Fields) },
        V1.PlanOperation.SetUp => new SetUpStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Up = wire.Up },
        V1.PlanOperation.SetController => new SetControllerStep
        {
            Kind = wire.Kind,
            Link = wire.Link,
            Reason = wire.Reason,
            Controller = wire.HasController ? wire.Controller : null,
            ControllerType = wire.ControllerType.Length == 0 ? null : LinkMapping.Type(wire.ControllerType),
        },
        V1.PlanOperation.SetPortOptions => new SetPortOptionsStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Options = FieldMapping.Read(wire.Fields) },
        V1.PlanOperation.SetVlans => new SetVlansStep
        {
            Kind = wire.Kind,
            Link = wire.Link,
            Reason = wire.Reason,
            Remove = VlanMapping.FromWire(wire.VlansRemoved),
            Add = VlanMapping.FromWire(wire.VlansAdded),
            Self = wire.Self,
        },
        V1.PlanOperation.AddAddress => new AddAddressStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Address = AddressMapping.Cidr(wire.Address) },
        V1.PlanOperation.RemoveAddress => new RemoveAddressStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Address = AddressMapping.Cidr(wire.Address) },
        V1.PlanOperation.AddRoute => new AddRouteStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Route = RouteMapping.FromWire(wire.Route) },
        V1.PlanOperation.RemoveRoute => new RemoveRouteStep { Kind = wire.Kind, Link = wire.Link, Reason = wire.Reason, Route = RouteMapping.FromWire(wire.Route) },
        var unknown => throw new FormatException($"the agent plans a step of kind {(int)unknown}, which this nodeagent does not know: use the agent's own version"),
    };

    private static V1.FieldChange ToWire(Change change)
    {
        var wire = new V1.FieldChange { Field = change.Field };
        if (change.From is { } from) wire.From = from;
        if (change.To is { } to) wire.To = to;
        return wire;
    }
}
