using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning;

/// <summary>A plan in the making: the phases read the goals and the state so far, and add steps.</summary>
internal sealed class Draft(PlanRequest request, DesiredState desired)
{
    private readonly List<PlanStep> _steps = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    public PlanRequest Request { get; } = request;

    /// <summary>The request's, with MAC addresses resolved to names.</summary>
    public DesiredState Desired { get; } = desired;

    public NetworkSnapshot Observed => Request.Observed;

    public Ownership Ownership => Request.Ownership;

    public GoalSet Goals { get; } = new(desired.Interfaces.Count);

    /// <summary>Observed, with the steps so far.</summary>
    public WorkingState State { get; } = new(request.Observed, desired.Interfaces.Count);

    public IReadOnlyList<PlanStep> Steps => _steps;

    public List<string> Notes { get; } = [];

    public List<Refusal> Refusals { get; } = [];

    public void Add(PlanStep step)
    {
        StepEffects.Apply(State, step);
        _steps.Add(step);
    }

    /// <summary>Refuses the whole request: it asks for something that cannot be.</summary>
    public void Refuse(string message)
    {
        if (_refused.Add(message)) Refusals.Add(new Refusal { Step = -1, Link = null, Path = "", Message = message });
    }

    /// <summary>The fields a link has at this point, or null where it is not there; costs nothing for one that no step looked at.</summary>
    public FieldSet? FieldsOf(LinkGoal goal) => IsAsObserved(goal) ? goal.Observed!.Fields : State.Find(goal.Name)?.Fields;

    /// <summary>The same for its addresses.</summary>
    public IReadOnlyList<AddressState>? AddressesOf(LinkGoal goal) => IsAsObserved(goal) ? goal.Observed!.Addresses : State.Find(goal.Name)?.Addresses;

    /// <summary>The same for being up.</summary>
    public bool? IsUp(LinkGoal goal) => IsAsObserved(goal) ? goal.Observed!.Up : State.Find(goal.Name)?.Up;

    private bool IsAsObserved(LinkGoal goal) => goal.Observed is not null && State.IsAsObserved(goal.Name);

    /// <summary>The type of a link in nmstate's words, at this point of the plan.</summary>
    public string KindOf(string link) => (State.Find(link)?.Type ?? Observed.Find(link)?.Type ?? InterfaceType.Other).ToText();

    /// <summary>The policy that describes a link, or the one that lists it as a port.</summary>
    public string? PolicyOf(string link) => Goals.Find(link)?.Policy ?? (Goals.Ports.TryGetValue(link, out var port) ? port.Controller.Policy : null);
}
