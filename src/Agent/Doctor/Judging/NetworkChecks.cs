using NodeAgent.Doctor.Facts;
using NodeAgent.Network.Health;
using NodeAgent.Verdicts;

namespace NodeAgent.Doctor.Judging;

internal static class NetworkChecks
{
    public static readonly IReadOnlyList<Check<NetworkFacts>> All =
    [
        new(
            "network.bonds",
            static _ => "every bond whole",
            "a bond that lacks a port or its partner works until the next fault",
            static (facts, _) => Bonds(facts.Bonds)),
        new(
            "network.macs",
            static _ => "each MAC address at one port only",
            "frames for two guests of one address reach now the one, now the other",
            static (facts, _) => Macs(facts.Macs)),
    ];

    private static Finding Bonds(IReadOnlyList<BondFacts> bonds)
    {
        if (bonds.Count == 0) return Finding.Absent("there is no bond");
        var problems = bonds.SelectMany(static b => b.Findings.Where(static f => f.Severity is Severity.Warning or Severity.Critical).Select(f => (Bond: b.Name, Finding: f))).ToList();
        if (problems.Count == 0) return Finding.Ok(string.Join(", ", bonds.Select(static b => $"{b.Name} with {b.Ports} ports")));
        var found = string.Join("; ", problems.Select(static p => $"{p.Bond} {p.Finding.Sentence}"));
        var fix = $"`nodeagent net show {problems[0].Bond}` has the state of each port and of its partner";
        return problems.Exists(static p => p.Finding.Severity == Severity.Critical) ? Finding.Fail(found, fix) : Finding.Warn(found, fix);
    }

    private static Finding Macs(IReadOnlyList<MacConflict> conflicts)
    {
        if (conflicts.Count == 0) return Finding.Ok("no two guests of a bridge have the same");
        var found = string.Join("; ", conflicts.Select(static c => $"MAC {c.Mac} {c.Sentence}"));
        const string fix = "give all but one of the VMs another address: `nodeagent net mac` prints one that is free here";
        return conflicts.Any(static c => c.Severity == Severity.Critical) ? Finding.Fail(found, fix) : Finding.Warn(found, fix);
    }
}
