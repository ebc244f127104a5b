namespace NodeAgent.Config;

/// <summary>Where the configuration comes from, so that it can be read again: the file, and what goes before it.</summary>
/// <param name="File">The file.</param>
/// <param name="Required">It has to be there, because the user named it.</param>
internal sealed record ConfigurationSource(string File, bool Required)
{
    /// <summary>Values from environment and flags, the weightiest last.</summary>
    public IReadOnlyList<ConfigurationOverride> Overrides { get; init; } = [];

    public ConfigurationResult Read() =>
        Overrides.Count == 0 && !Required && !System.IO.File.Exists(File)
            ? new ConfigurationResult(AgentConfiguration.Default, [])
            : ConfigurationReader.Load(File, Required, Overrides);
}
