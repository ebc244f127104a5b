namespace NodeAgent.Verdicts;

/// <summary>A verdict that changed.</summary>
/// <param name="Time">When.</param>
/// <param name="Former">The state before; null: the object was not known.</param>
/// <param name="Verdict">What it is now; null: the object has gone.</param>
/// <param name="Kind">Of the object.</param>
/// <param name="Object">Its name.</param>
public sealed record VerdictChange(DateTimeOffset Time, string Kind, string Object, string? Former, Verdict? Verdict);
