using NodeAgent.Network.Spec;

namespace NodeAgent.Config;

/// <summary>The configuration, or the defaults and everything that is wrong with it.</summary>
public sealed record ConfigurationResult(AgentConfiguration Configuration, IReadOnlyList<SpecError> Errors)
{
    /// <summary>Where each key that is set got its value: "--log-level", "NODEAGENT_LOG_LEVEL", or file, line and column.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();
}
