namespace NodeAgent.Migration.Model;

/// <summary>Will it finish. <see cref="MigrationVerdicts.Name"/> has the words for JSON and metrics.</summary>
public enum MigrationVerdict
{
    /// <summary>Too little is known: no pass is over, or the first one's dirty rate decides nothing yet.</summary>
    TooEarly,

    /// <summary>Each pass leaves clearly less than the one before, or post-copy is under way.</summary>
    Converging,

    /// <summary>It will finish, but each pass leaves most of what the one before left, or nobody can say how late.</summary>
    Slow,

    /// <summary>A pass left as much as the one before; something in force may still change that (a rising throttle, another pass).</summary>
    Stagnating,

    /// <summary>The same, and nothing in force changes it.</summary>
    WillNotConverge,

    /// <summary>The guest stands still for the last part.</summary>
    SwitchingOver,

    Done,

    Failed,

    Cancelled,
}
