namespace NodeAgent.Migration.Model;

/// <summary>The words for verdicts: stable, in JSON, metrics and messages.</summary>
public static class MigrationVerdicts
{
    public static string Name(this MigrationVerdict verdict) => verdict switch
    {
        MigrationVerdict.TooEarly => "too-early",
        MigrationVerdict.Converging => "converging",
        MigrationVerdict.Slow => "slow",
        MigrationVerdict.Stagnating => "stagnating",
        MigrationVerdict.WillNotConverge => "will-not-converge",
        MigrationVerdict.SwitchingOver => "switching-over",
        MigrationVerdict.Done => "done",
        MigrationVerdict.Failed => "failed",
        _ => "cancelled",
    };

    public static bool IsTerminal(this MigrationVerdict verdict) => verdict is MigrationVerdict.Done or MigrationVerdict.Failed or MigrationVerdict.Cancelled;
}
