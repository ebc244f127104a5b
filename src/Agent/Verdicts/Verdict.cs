namespace NodeAgent.Verdicts;

/// <summary>How one object of the node stands.</summary>
/// <param name="Kind">One of <see cref="VerdictKind"/>.</param>
/// <param name="Object">Name of the object, unique within its kind.</param>
/// <param name="State">The kind's word for it, stable for programs: "degraded".</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Sentence">What is wrong and the next thing to check, in one sentence that names the object, without a full stop; where all is well, what was found.</param>
public sealed record Verdict(string Kind, string Object, string State, Severity Severity, string Sentence);
