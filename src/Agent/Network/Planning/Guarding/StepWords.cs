using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Phases;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Guarding;

/// <summary>What a step does, as a part of a sentence.</summary>
internal static class StepWords
{
    public static string Doing(PlanStep step, NetworkSnapshot before) => step switch
    {
        CreateLinkStep { Type: InterfaceType.Vlan } c => $"creating {c.Link}, which takes VLAN {c.Fields[VlanFields.Id]?.Number} from the bridge over {c.Fields.Text(VlanFields.BaseLink)}",
        CreateLinkStep => $"creating {step.Link}",
        RemoveLinkStep => $"removing {step.Link}",
        SetUpStep { Up: false } => $"setting {step.Link} down",
        SetUpStep => $"setting {step.Link} up",
        SetControllerStep { Controller: null } => $"taking {step.Link} off {before.Find(step.Link)?.Controller ?? "its controller"}",
        SetControllerStep c => $"making {step.Link} a port of {c.Controller}",
        SetVlansStep { Self: true } => $"changing the VLANs of {step.Link} itself ({Changed(step)})",
        SetVlansStep => $"changing the VLANs of {step.Link} ({Changed(step)})",
        SetFieldsStep => $"setting {string.Join(", ", step.Changes.Select(c => $"{c.Field} to {c.To}"))} on {step.Link}",
        RemoveAddressStep a => $"removing {a.Address} from {step.Link}",
        AddAddressStep a => $"adding {a.Address} to {step.Link}",
        RemoveRouteStep r => $"removing the route {RouteSteps.Text(r.Route)}",
        AddRouteStep r => $"adding the route {RouteSteps.Text(r.Route)}",
        _ => $"changing {step.Link}",
    };

    private static string Changed(PlanStep step) => string.Join(", ", step.Changes.Select(c => $"{c.From} -> {c.To}"));
}
