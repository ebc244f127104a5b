using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>About how many bytes a record takes, in a file as well as in memory: for bounds, not for arithmetic.</summary>
internal static class RecordSize
{
    private const int Fixed = 600;
    private const int Pass = 220;
    private const int Verdict = 80;
    private const int Phase = 80;

    public static long Of(MigrationRecord record) => Of(record, record.PassList.Count, record.Verdicts.Count, record.Phases.Count);

    /// <summary>The same with other lists than its own.</summary>
    public static long Of(MigrationRecord record, int passes, int verdicts, int phases) =>
        Fixed + (Pass * passes) + (Verdict * verdicts) + (Phase * phases)
        + (2 * (Text(record.Domain) + Text(record.Namespace) + Text(record.Name) + Text(record.Peer) + Text(record.Trigger) + Text(record.Reason)));

    private static int Text(string? text) => Math.Min(text?.Length ?? 0, RecordJson.MostText);
}
