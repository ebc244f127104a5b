namespace NodeAgent.Migration.Model;

/// <summary>The words for directions, outcomes, sources and phases: stable, in files, JSON and metrics.</summary>
public static class MigrationWords
{
    public static string Name(this MigrationDirection direction) => direction == MigrationDirection.Incoming ? "incoming" : "outgoing";

    public static string Name(this MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Completed => "completed",
        MigrationOutcome.Failed => "failed",
        MigrationOutcome.Cancelled => "cancelled",
        _ => "unknown",
    };

    public static string Name(this GuestSourceKind source) => source switch
    {
        GuestSourceKind.Libvirt => "libvirt",
        GuestSourceKind.Qmp => "qmp",
        _ => "proc",
    };

    public static string Name(this MigrationPhase phase) => phase switch
    {
        MigrationPhase.Setup => "setup",
        MigrationPhase.Active => "active",
        MigrationPhase.PreSwitchover => "pre-switchover",
        MigrationPhase.Device => "device",
        MigrationPhase.PostcopyActive => "postcopy-active",
        MigrationPhase.PostcopyPaused => "postcopy-paused",
        MigrationPhase.PostcopyRecover => "postcopy-recover",
        MigrationPhase.Completed => "completed",
        MigrationPhase.Failed => "failed",
        MigrationPhase.Cancelling => "cancelling",
        MigrationPhase.Cancelled => "cancelled",
        _ => "none",
    };
}
