using System.Globalization;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>Why a migration ended where its source did not say, or nobody knows how it did.</summary>
internal static class EndText
{
    public const string NoJob = "libvirt has no job for it any more, and the guest goes on here: it was cancelled or failed";

    public const string UnknownReason = "unknown reason: what runs the guest names none";

    public const string DestinationGone = "QEMU of the destination ended before the guest ran here";

    public const string NotArrived = "the guest did not get here";

    public const string NotAllArrived = "not all memory of the guest got here, where it runs";

    public const string EndedUnseen = "it ended while the agent was not running";

    // A destination is told nothing but the end of its connection.
    private const string SourceKnows = "its source ended the migration or the connection broke, and the node it came from knows which";

    /// <summary>"the agent was restarted in mid-migration and cannot ask for it any more: its only monitor, …"</summary>
    public static string Unreadable(string why) => $"the agent was restarted in mid-migration and cannot ask for it any more: {why}";

    /// <summary>"it cannot be asked for any more: another client holds the monitor …"</summary>
    public static string Lost(string why) => $"it cannot be asked for any more: {why}";

    /// <summary>What a destination that got no reason can say.</summary>
    public static string AtDestination(string what, OtherEnd? source) => source is { Outcome: MigrationOutcome.Failed } && OfOther(source) is { } says ? $"{what}; {says}" : $"{what}: {SourceKnows}";

    /// <summary>"the other end, on this node too, says: …"; null where that has no reason, or there is none.</summary>
    public static string? OfOther(OtherEnd? other) => other?.Reason is { } reason ? $"the other end, on this node too, says: {reason}" : null;

    /// <summary>"QEMU ended (pid 123) in pass 4 before it said how the migration ended"</summary>
    public static string ProcessGone(in MigrationStatus status)
    {
        var pass = status.Sample.Pass is { } number and > 0 ? string.Create(CultureInfo.InvariantCulture, $"in pass {number} ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"QEMU ended (pid {status.Guest.Process.Pid}) {pass}before it said how the migration ended");
    }

    public static MigrationOutcome OutcomeOf(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Completed => MigrationOutcome.Completed,
        MigrationPhase.Failed => MigrationOutcome.Failed,
        MigrationPhase.Cancelled => MigrationOutcome.Cancelled,
        _ => MigrationOutcome.Unknown,
    };

    public static MigrationVerdict VerdictOf(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Completed => MigrationVerdict.Done,
        MigrationPhase.Failed => MigrationVerdict.Failed,
        _ => MigrationVerdict.Cancelled,
    };
}
