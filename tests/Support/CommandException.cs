namespace NodeAgent.Tests.Support;

/// <summary>A program that a test started ended with a status other than 0.</summary>
public sealed class CommandException(string program, string[] arguments, int status, string said)
    : Exception($"{program} {string.Join(' ', arguments)}: status {status}: {said.Trim()}")
{
    public int Status { get; } = status;
}
