using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Applying;

/// <summary>The network stack a transaction works on: the kernel's, or a simulated one in unit tests.</summary>
public interface IKernelNetwork
{
    /// <summary>Lists every link, address, route and bridge VLAN.</summary>
    NetworkSnapshot Observe();

    /// <summary>Null where this process may change the network, else why not, in one sentence.</summary>
    string? WhyReadOnly();

    /// <summary>Carries out steps in order; what failed comes back, the rest was done. <paramref name="onStep"/> is told how many were sent.</summary>
    IReadOnlyList<StepFailure> Execute(IReadOnlyList<PlanStep> steps, Action<int>? onStep);

    /// <summary>The route the kernel takes to an address now; null where there is none.</summary>
    RouteState? Lookup(IPAddress address);
}
