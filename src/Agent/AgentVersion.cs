namespace NodeAgent;

/// <summary>The version of this build.</summary>
public static class AgentVersion
{
    public static string Text { get; } = typeof(AgentVersion).Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
