using NodeAgent.Network.Planning;

namespace NodeAgent.Api.Mapping;

/// <summary>Plans with their refusals and notes.</summary>
internal static class PlanMapping
{
    public static V1.Plan ToWire(Plan plan)
    {
        var wire = new V1.Plan();
        foreach (var step in plan.Steps) wire.Steps.Add(StepMapping.ToWire(step));
        foreach (var refusal in plan.Refusals) wire.Refusals.Add(ToWire(refusal));
        wire.Notes.Add(plan.Notes);
        return wire;
    }

    /// <exception cref="FormatException">A step is of a kind that only a newer agent knows.</exception>
    public static Plan FromWire(V1.Plan? wire) => wire is null ? Plan.Empty : new Plan
    {
        Steps = [.. wire.Steps.Select(StepMapping.FromWire)],
        Refusals = [.. wire.Refusals.Select(FromWire)],
        Notes = [.. wire.Notes],
    };

    private static V1.Refusal ToWire(Refusal refusal)
    {
        var wire = new V1.Refusal { Step = refusal.Step, Path = refusal.Path, Message = refusal.Message };
        if (refusal.Link is { } link) wire.Link = link;
        wire.Taps.Add(refusal.Taps);
        return wire;
    }

    private static Refusal FromWire(V1.Refusal wire) => new()
    {
        Step = wire.Step,
        Link = wire.HasLink ? wire.Link : null,
        Path = wire.Path,
        Taps = [.. wire.Taps],
        Message = wire.Message,
    };
}
