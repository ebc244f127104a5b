using NodeAgent.Network.Health;

namespace NodeAgent.Doctor.Facts;

/// <param name="Bonds">By name.</param>
/// <param name="Macs">MAC addresses that more than one port of a bridge has.</param>
internal sealed record NetworkFacts(IReadOnlyList<BondFacts> Bonds, IReadOnlyList<MacConflict> Macs);
