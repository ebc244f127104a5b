namespace NodeAgent.Config;

/// <summary>A value from outside the file.</summary>
/// <param name="Option">Whose value.</param>
/// <param name="Source">"--log-level" or "NODEAGENT_LOG_LEVEL".</param>
/// <param name="Text">The value as given.</param>
internal readonly record struct ConfigurationOverride(ConfigurationOption Option, string Source, string Text);
