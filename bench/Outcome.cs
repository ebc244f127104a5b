namespace NodeAgent.Bench;

/// <summary>How a bench came out: within its ceiling, beyond it, or not run and why.</summary>
/// <param name="Passed">Null if it was skipped.</param>
/// <param name="Text">The figures with their ceilings, or the reason.</param>
public sealed record Outcome(bool? Passed, string Text)
{
    public static Outcome Of(bool passed, string text) => new(passed, text);

    public static Outcome Skipped(string reason) => new(null, reason);
}
