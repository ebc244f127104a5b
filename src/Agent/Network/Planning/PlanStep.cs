using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning;

/// <summary>One thing to do, in the order of the plan: as small as the kernel takes it. The applier executes it and decides nothing.</summary>
public abstract record PlanStep
{
    public abstract StepAction Action { get; }

    /// <summary>The type of the link, or "route".</summary>
    public required string Kind { get; init; }

    /// <summary>The link it is done to (for a route: the outgoing link, or "").</summary>
    public required string Link { get; init; }

    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Why, in one sentence a person understands.</summary>
    public required string Reason { get; init; }

    /// <summary>The policy that asks for it, or null.</summary>
    public string? Policy { get; init; }
}

/// <summary>Creates a link, down, without controller; base and peer links exist by then (a veth brings its peer).</summary>
public sealed record CreateLinkStep : PlanStep
{
    public override StepAction Action => StepAction.Create;

    public required InterfaceType Type { get; init; }

    public required FieldSet Fields { get; init; }
}

/// <summary>Removes a link. The kernel takes what sits on it along: those have their own steps before.</summary>
public sealed record RemoveLinkStep : PlanStep
{
    public override StepAction Action => StepAction.Remove;
}

/// <summary>Sets fields of an existing link; where they need the link down or without ports, steps around it see to that.</summary>
public sealed record SetFieldsStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    public required InterfaceType Type { get; init; }

    public required FieldSet Fields { get; init; }
}

/// <summary>Sets a link up or down.</summary>
public sealed record SetUpStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    public required bool Up { get; init; }
}

/// <summary>Makes a link a port of a bridge or bond, or (null) of none. A bond wants its new ports down: the applier's batch sees to it.</summary>
public sealed record SetControllerStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    public required string? Controller { get; init; }

    /// <summary>Type of the controller, where there is one.</summary>
    public InterfaceType? ControllerType { get; init; }
}

/// <summary>Sets options of a bridge port.</summary>
public sealed record SetPortOptionsStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    public required FieldSet Options { get; init; }
}

/// <summary>Changes the VLANs of a bridge port, or of the bridge itself.</summary>
public sealed record SetVlansStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    /// <summary>Ids to take away (flags ignored).</summary>
    public required VlanTable Remove { get; init; }

    /// <summary>Ids to add, or whose flags change.</summary>
    public required VlanTable Add { get; init; }

    /// <summary>True for the bridge device itself (BRIDGE_FLAGS_SELF).</summary>
    public bool Self { get; init; }
}

public sealed record AddAddressStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    public required IpCidr Address { get; init; }
}

public sealed record RemoveAddressStep : PlanStep
{
    public override StepAction Action => StepAction.Modify;

    public required IpCidr Address { get; init; }
}

public sealed record AddRouteStep : PlanStep
{
    public override StepAction Action => StepAction.Create;

    public required RouteState Route { get; init; }
}

public sealed record RemoveRouteStep : PlanStep
{
    public override StepAction Action => StepAction.Remove;

    public required RouteState Route { get; init; }
}
