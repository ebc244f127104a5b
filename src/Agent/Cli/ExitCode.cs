namespace NodeAgent.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>Wrong usage or invalid input; nothing was changed.</summary>
    public const int Invalid = 2;

    /// <summary>The plan is not empty (only with --detailed-exitcode).</summary>
    public const int Changes = 3;

    /// <summary>A guard refused it; nothing was changed.</summary>
    public const int Refused = 4;

    /// <summary>It was undone; the node is as before.</summary>
    public const int RolledBack = 5;
}
