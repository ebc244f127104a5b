using NodeAgent.Doctor.Facts;
using NodeAgent.Verdicts;

namespace NodeAgent.Doctor.Judging;

internal static class BondChecks
{
    public static readonly IReadOnlyList<Check<IReadOnlyList<BondFacts>>> All =
    [
        new(
            "network.bonds",
            static _ => "every bond whole",
            "a bond that lacks a port or its partner works until the next fault",
            static (bonds, _) => Judge(bonds)),
    ];

    private static Finding Judge(IReadOnlyList<BondFacts> bonds)
    {
        if (bonds.Count == 0) return Finding.Absent("there is no bond");
        var problems = bonds.SelectMany(static b => b.Findings.Where(static f => f.Severity is Severity.Warning or Severity.Critical).Select(f => (Bond: b.Name, Finding: f))).ToList();
        if (problems.Count == 0) return Finding.Ok(string.Join(", ", bonds.Select(static b => $"{b.Name} with {b.Ports} ports")));
        var found = string.Join("; ", problems.Select(static p => $"{p.Bond} {p.Finding.Sentence}"));
        var fix = $"`nodeagent net show {problems[0].Bond}` has the state of each port and of its partner";
        return problems.Exists(static p => p.Finding.Severity == Severity.Critical) ? Finding.Fail(found, fix) : Finding.Warn(found, fix);
    }
}
