using System.Text.Json.Nodes;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>How a run of the agent ended.</summary>
internal sealed record AgentResult(string Arguments, int Status, string Output, string Error)
{
    /// <summary>What `-o json` printed.</summary>
    public JsonNode Json => JsonNode.Parse(Output) ?? throw new InvalidOperationException($"no JSON: {this}");

    public override string ToString() => $"nodeagent {Arguments}: status {Status}\n{Output}\n{Error}";
}
