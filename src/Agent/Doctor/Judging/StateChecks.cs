using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class StateChecks
{
    private const long Least = 50_000_000;

    public static readonly IReadOnlyList<Check<StateFacts>> All =
    [
        new(
            "state.space",
            static s => $"{Amounts.Bytes(s.StateFree)} or more free",
            "the agent writes what it is about to change to disk first, and changes nothing where it cannot",
            static (facts, settings) =>
            {
                if (!facts.Free.IsFound) return Finding.Unknown(facts.Free.Reason(facts.Folder));
                var found = $"{Amounts.Bytes(facts.Free.Value)} free in {facts.Folder}";
                const string fix = "`du -xh --max-depth=2 / | sort -h | tail` shows what fills the file system; often logs and container images";
                if (facts.Free.Value < Math.Min(Least, settings.StateFree)) return Finding.Fail(found, fix);
                return facts.Free.Value < settings.StateFree ? Finding.Warn(found, fix) : Finding.Ok(found);
            }),
    ];
}
