using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;

namespace NodeAgent.Tests.Unit.Storage.Judging;

/// <summary>One row of the table of verdicts.</summary>
/// <param name="Name">What is the matter.</param>
/// <param name="Paths">The map, as <see cref="MapMaker"/> reads it.</param>
/// <param name="Verdict">"STATE SEVERITY: SENTENCE", the sentence without the name it begins with</param>
internal sealed record JudgeCase(string Name, string Paths, string Verdict)
{
    /// <summary>The most it ever had: paths, adapters, target ports, fabrics.</summary>
    public PathSpread Best { get; init; }

    public Func<MultipathMap, MultipathMap> Map { get; init; } = static m => m;

    public Func<MapHistory, MapHistory> History { get; init; } = static h => h;

    public override string ToString() => Name;
}
