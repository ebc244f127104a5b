namespace NodeAgent.Cli;

/// <summary>Ends a command with an exit code and causes for standard error, one a line.</summary>
public class CliException(int exitCode, IReadOnlyList<string> causes) : Exception(string.Join('\n', causes))
{
    public CliException(int exitCode, string cause)
        : this(exitCode, [cause])
    {
    }

    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> Causes { get; } = causes;
}
