using NodeAgent.Network.Spec;

namespace NodeAgent.Config;

/// <summary>The configuration, or the defaults and everything that is wrong with the file.</summary>
public sealed record ConfigurationResult(AgentConfiguration Configuration, IReadOnlyList<SpecError> Errors);
