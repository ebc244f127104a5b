using NodeAgent.Verdicts;

namespace NodeAgent.Migration.History;

/// <summary>Puts on the board of verdicts that the record of migrations cannot be written, for as long as that is so.</summary>
internal static class HistoryVerdict
{
    private const string Kind = VerdictKind.MigrationHistory;

    public static void Tell(MigrationHistory history, VerdictBoard board) => history.Follow(failure => board.Set(Kind, failure is null ? [] : [Of(failure)]));

    private static Verdict Of(string failure) =>
        new(Kind, Kind, "not written", Severity.Warning, $"{Kind} cannot be written: {failure}; what ended since is in memory alone and lost with the agent: make room or mend the state folder, it is tried again every 30 s");
}
