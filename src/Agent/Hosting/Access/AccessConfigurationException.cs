namespace NodeAgent.Hosting.Access;

/// <summary>The API cannot be served securely as configured. Each cause names the configuration's key, the file and what to do.</summary>
public sealed class AccessConfigurationException(IReadOnlyList<string> causes) : Exception(string.Join('\n', causes))
{
    public IReadOnlyList<string> Causes { get; } = causes;
}
