using System.Globalization;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>Why a migration ended where its source did not say, or nobody knows how it did.</summary>
internal static class EndText
{
    public const string NoJob = "libvirt has no job for it any more, and the guest goes on here: it was cancelled or failed";

    public const string DestinationGone = "QEMU of the destination ended before the guest ran here";

    public const string EndedUnseen = "it ended while the agent was not running";

    public const string Unreadable = "the agent ran anew and nothing can be asked for it any more";

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
