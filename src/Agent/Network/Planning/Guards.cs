using NodeAgent.Network.Planning.Guarding;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning;

/// <summary>
/// Refuses plans that would cut a control path, be it only between two steps. Each path is followed through the plan, step by step,
/// with the kernel's side effects; the first step after which it no longer works is the one that is refused.
/// </summary>
public static class Guards
{
    public static IReadOnlyList<Refusal> Check(PlanRequest request, IReadOnlyList<PlanStep> steps)
    {
        if (request.ControlPaths.Count == 0 || steps.Count == 0) return [];
        var state = new WorkingState(request.Observed);
        var reach = new Reach(request.Observed);
        var watches = request.ControlPaths.Select(p => new PathWatch(p, state, reach)).Where(w => w.WasIntact).ToList();
        var cuts = new List<(int Step, PathWatch Watch)>();
        for (var i = 0; i < steps.Count; i++)
        {
            StepEffects.Apply(state, steps[i]);
            foreach (var watch in watches)
            {
                if (!watch.Concerns(state, steps[i])) continue;
                var cut = !watch.IsIntact(state);
                if (cut && !watch.IsCut && !IsAllowed(request, steps[i], watch.Path) && !cuts.Exists(c => c.Watch == watch)) cuts.Add((i, watch));
                watch.IsCut = cut;
            }
        }

        return [.. cuts.Select(c => Refuse(request, steps[c.Step], c.Step, c.Watch, c.Watch.IsIntact(state)))];
    }

    private static bool IsAllowed(PlanRequest request, PlanStep step, ControlPath path) =>
        request.AllowDisrupt.Contains(path.Link) || request.AllowDisrupt.Contains(step.Link);

    private static Refusal Refuse(PlanRequest request, PlanStep step, int index, PathWatch watch, bool comesBack)
    {
        var taps = GuestPorts.On(request.Observed, step.Link, watch.Path.Link);
        var guests = taps.Count == 0 ? "" : $"; {NameList.Of(taps)} of running guests hang{(taps.Count == 1 ? "s" : "")} on it";
        var time = comesBack ? " until the change is through" : "";
        return new Refusal
        {
            Step = index,
            Link = watch.Path.Link,
            Path = watch.Text,
            Taps = taps,
            Message = $"step {index + 1} would cut {watch.Text}{time}: {StepWords.Doing(step, request.Observed)} ({step.Reason}){guests}; add --allow-disrupt {watch.Path.Link} if this is meant",
        };
    }
}
