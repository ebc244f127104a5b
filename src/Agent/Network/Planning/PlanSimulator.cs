using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning;

/// <summary>What the node would look like after a plan, by the kernel's rules: the planner's own picture of the future.</summary>
public static class PlanSimulator
{
    /// <summary>The state after the steps; the snapshot given stays as it is. Routes the kernel adds for addresses are not made up.</summary>
    public static NetworkSnapshot Apply(NetworkSnapshot before, IEnumerable<PlanStep> steps)
    {
        var state = new WorkingState(before);
        foreach (var step in steps) StepEffects.Apply(state, step);
        return state.ToSnapshot();
    }
}
