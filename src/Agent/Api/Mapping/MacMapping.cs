using NodeAgent.Network.Health;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Mapping;

/// <summary>Addresses that more than one port claims, to the API and back without loss.</summary>
internal static class MacMapping
{
    public static V1.MacConflict ToWire(MacConflict conflict) => new()
    {
        Mac = conflict.Mac,
        Bridge = conflict.Bridge,
        Vlan = conflict.Vlan,
        State = conflict.State,
        Severity = conflict.Severity == Severity.Critical ? V1.MacConflictSeverity.Critical : V1.MacConflictSeverity.Warning,
        Ports = { conflict.Ports },
        Sentence = conflict.Sentence,
    };

    public static MacConflict FromWire(V1.MacConflict wire) => new(
        wire.Mac, wire.Bridge, wire.Vlan, wire.State, wire.Severity == V1.MacConflictSeverity.Critical ? Severity.Critical : Severity.Warning, [.. wire.Ports], wire.Sentence);
}
