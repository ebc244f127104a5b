using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Goals;
using NodeAgent.Network.Planning.Reverting;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning;

/// <summary>
/// The document that undoes a document: made from what its plan would touch, side effects included, so that applying it brings back what
/// was there. Beyond a document's words are leases, taps, multipath routes and the source addresses of routes.
/// </summary>
public static class Reverter
{
    /// <param name="before">The node before the document was applied.</param>
    /// <param name="desired">The document to undo.</param>
    /// <param name="ownership">As it was when <paramref name="desired"/> was planned: what it lets a plan take away has to come back.</param>
    public static DesiredState Revert(NetworkSnapshot before, DesiredState desired, Ownership? ownership = null)
    {
        var named = MacMatching.Resolve(desired, before, static _ => { });
        var owns = ownership ?? Ownership.None;
        var plan = Planner.Plan(new PlanRequest { Desired = named, Observed = before, Ownership = owns });
        var state = new WorkingState(before);
        foreach (var step in plan.Steps) StepEffects.Apply(state, step);

        var interfaces = new List<InterfaceSpec>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var spec in named.Interfaces)
        {
            if (seen.Add(spec.Name) && FormerInterface.Of(before, state, spec.Name, spec, owns) is { } former) interfaces.Add(former);
        }

        foreach (var name in state.Touched) Add(name);

        // A bridge or bond is not touched by a port that leaves it, but its list is where the port comes back; a VLAN that was down comes up with its base.
        foreach (var name in state.Touched)
        {
            if (before.Find(name)?.Controller is { } controller) Add(controller);
            foreach (var upper in before.UppersOf(name)) Add(upper);
            if (before.Find(name) is not { Type: InterfaceType.Bond }) continue;
            foreach (var port in before.PortsOf(name)) Add(port);
        }

        // And a bond's port that was down comes up where a list names it, unless it is named as down.
        foreach (var bond in interfaces.Where(static i => i is { Type: InterfaceType.Bond, Ports: not null }).ToArray())
        {
            foreach (var port in bond.Ports!) Add(port.Name);
        }

        return new DesiredState { Interfaces = interfaces, Routes = state.RoutesInUse ? FormerRoutes.Of(before, state.Routes) : [] };

        void Add(string name)
        {
            if (seen.Add(name) && FormerInterface.Of(before, state, name, null, owns) is { } former) interfaces.Add(former);
        }
    }
}
