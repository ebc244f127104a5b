namespace NodeAgent.Network.Planning.Output;

/// <summary>All steps of one link (or one route), as a person reads them together.</summary>
internal sealed class LinkBlock(string kind, string name)
{
    private readonly List<PlanStep> _steps = [];

    /// <summary>Its type; "bond -> linux-bridge" for one that is created again as something else.</summary>
    public string Kind => _steps.Find(s => s.Action == StepAction.Create) is { } create && create.Kind != kind ? $"{kind} -> {create.Kind}" : kind;

    public string Name { get; } = name;

    public IReadOnlyList<PlanStep> Steps => _steps;

    public bool Creates => _steps.Exists(s => s.Action == StepAction.Create);

    public bool Removes => _steps.Exists(s => s.Action == StepAction.Remove);

    /// <summary>"+", "-", "~", or "-/+" for what is removed and created again.</summary>
    public string Sign => (Creates, Removes) switch
    {
        (true, true) => "-/+",
        (true, false) => "+",
        (false, true) => "-",
        _ => "~",
    };

    /// <summary>The blocks of a plan in the order of their first step.</summary>
    public static IReadOnlyList<LinkBlock> Of(Plan plan)
    {
        var blocks = new List<LinkBlock>();
        var byKey = new Dictionary<(bool, string), LinkBlock>();
        foreach (var step in plan.Steps)
        {
            var key = step switch
            {
                AddRouteStep add => (true, $"{add.Route.Destination} {add.Route.Metric} {add.Route.Table}"),
                RemoveRouteStep remove => (true, $"{remove.Route.Destination} {remove.Route.Metric} {remove.Route.Table}"),
                _ => (false, step.Link),
            };
            if (!byKey.TryGetValue(key, out var block))
            {
                byKey[key] = block = new LinkBlock(step.Kind, key.Item1 ? step.Changes is [var change, ..] ? change.To ?? change.From ?? "" : step.Link : step.Link);
                blocks.Add(block);
            }

            block._steps.Add(step);
        }

        return blocks;
    }
}
