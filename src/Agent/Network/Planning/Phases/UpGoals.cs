using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Whether a link should be up in the end.</summary>
internal static class UpGoals
{
    public const string PortReason = "a port must be up to carry traffic";

    /// <summary>Named, else up where it is new, was attached by this plan or is a bond's, else as it was.</summary>
    public static bool Of(Draft draft, string name)
    {
        if (draft.Goals.Find(name)?.Spec?.State is { } state) return state == InterfaceState.Up;
        return JoinedByPlan(draft, name) || IsBonds(draft, name) || draft.Observed.Find(name)?.Up != false;
    }

    public static bool JoinedByPlan(Draft draft, string name) =>
        draft.Goals.Ports.TryGetValue(name, out var port) && draft.Observed.Find(name)?.Controller != port.Controller.Name;

    /// <summary>The kernel sets a port up when it joins a bond (bond_enslave): one that is down was set so by somebody later.</summary>
    private static bool IsBonds(Draft draft, string name) =>
        draft.Goals.Ports.TryGetValue(name, out var port) && port.Controller is { Type: InterfaceType.Bond, IsPresent: true };

    public static string Reason(Draft draft, string name)
    {
        if (draft.Goals.Find(name)?.Spec?.State is not null) return "it is asked to be up";
        if (JoinedByPlan(draft, name) || IsBonds(draft, name)) return PortReason;
        return draft.Observed.Find(name) is null ? "new links come up unless asked otherwise" : "it was up before";
    }
}
