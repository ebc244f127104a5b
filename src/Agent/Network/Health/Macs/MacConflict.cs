using NodeAgent.Verdicts;

namespace NodeAgent.Network.Health;

/// <summary>A MAC address that more than one port of a bridge claims.</summary>
/// <param name="Mac">The address, lower case with colons.</param>
/// <param name="Bridge">The bridge.</param>
/// <param name="Vlan">VLAN of the bridge's table; 0 where it does not filter VLANs, or for addresses of the ports themselves.</param>
/// <param name="State">One of <see cref="MacWords"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Ports">The ports, by name.</param>
/// <param name="Sentence">Goes on where the address ends, and says what to check next.</param>
public sealed record MacConflict(string Mac, string Bridge, int Vlan, string State, Severity Severity, IReadOnlyList<string> Ports, string Sentence)
{
    public bool Equals(MacConflict? other) =>
        other is not null && Mac == other.Mac && Bridge == other.Bridge && Vlan == other.Vlan && State == other.State && Severity == other.Severity
        && Sentence == other.Sentence && Ports.SequenceEqual(other.Ports);

    public override int GetHashCode() => HashCode.Combine(Mac, Bridge, Vlan, State);
}
