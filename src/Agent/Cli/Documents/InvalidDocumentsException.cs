using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Documents;

/// <summary>The documents of a command are wrong; nothing was changed.</summary>
public sealed class InvalidDocumentsException(IReadOnlyList<SpecError> errors) : CliException(Cli.ExitCode.Invalid, [.. errors.Select(static e => e.ToString())])
{
    public IReadOnlyList<SpecError> Errors { get; } = errors;
}
