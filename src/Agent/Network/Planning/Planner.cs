using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Guarding;
using NodeAgent.Network.Planning.Phases;

namespace NodeAgent.Network.Planning;

/// <summary>
/// Desired and observed state in, ordered steps out. Pure; costs what the document names, not what exists. Phases run in one fixed
/// order against the state as the steps so far leave it, so that whatever one of them destroys on its way, a later one puts back.
/// </summary>
public static class Planner
{
    public static Plan Plan(PlanRequest request)
    {
        var refusals = new List<string>();
        var draft = new Draft(request, MacMatching.Resolve(request.Desired, request.Observed, refusals.Add));
        refusals.ForEach(draft.Refuse);
        GoalBuilder.Build(draft);

        // What is impossible is said instead of planned: steps around it would only confuse.
        if (draft.Refusals.Count == 0) AddSteps(draft);
        if (draft.Refusals.Count > 0) return new Plan { Refusals = draft.Refusals, Notes = draft.Notes };
        Bystanders.Refuse(draft);
        return new Plan { Steps = draft.Steps, Refusals = [.. Guards.Check(request, draft.Steps), .. draft.Refusals], Notes = draft.Notes };
    }

    private static void AddSteps(Draft draft)
    {
        // Take away, from the top down.
        RouteRemoval.Add(draft);
        AddressRemoval.Add(draft);
        Release.Add(draft);
        BondPreparation.Add(draft);
        LinkRemoval.Add(draft);

        // Build, from the bottom up.
        LinkCreation.Add(draft);
        FieldChanges.Add(draft);
        PortAttachment.Add(draft);
        PortOptions.Add(draft);
        BridgeVlans.Add(draft);
        Mtus.Add(draft);
        UpDown.Add(draft);
        BondPrimary.Add(draft);
        AddressAddition.Add(draft);
        RouteAddition.Add(draft);
    }
}
