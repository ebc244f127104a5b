namespace NodeAgent.Doctor.Facts;

/// <param name="Name">Of the bond.</param>
/// <param name="Ports">How many it has.</param>
/// <param name="Findings">What is to be said of it, the worst first.</param>
internal sealed record BondFacts(string Name, int Ports, IReadOnlyList<NodeAgent.Network.Health.Finding> Findings);
