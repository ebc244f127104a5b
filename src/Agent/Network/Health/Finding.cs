using NodeAgent.Verdicts;

namespace NodeAgent.Network.Health;

/// <summary>Something to be said of a link.</summary>
/// <param name="State">The word for it, stable for programs: "partner missing".</param>
/// <param name="Severity"><see cref="Severity.Ok"/>: a note, no problem.</param>
/// <param name="Sentence">Goes on where the link's name ends, and says what to check next: "has 1 of 2 ports …".</param>
public sealed record Finding(string State, Severity Severity, string Sentence);
