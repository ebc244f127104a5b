namespace NodeAgent.Bench.Harness;

/// <summary>A figure as the last table shows it.</summary>
internal sealed record Figure(string Bench, string What, string Value, string Ceiling, Verdict Verdict);

internal enum Verdict
{
    /// <summary>It has no ceiling.</summary>
    Printed,
    Kept,

    /// <summary>Above the ceiling, but within the noise it is granted.</summary>
    Near,
    Broken,

    /// <summary>Not measured: this machine lacks what it takes.</summary>
    Skipped,

    /// <summary>Not measured, and it should have been.</summary>
    Failed,
}
