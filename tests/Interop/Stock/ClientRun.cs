using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop.Stock;

/// <summary>One run of a script that tries many cases: each becomes a test of its own.</summary>
public sealed class ClientRun
{
    /// <summary>Seconds; a script that takes longer hangs.</summary>
    private const string MostSeconds = "300";

    private readonly Dictionary<string, string?> _outcomes = [];
    private readonly string _end;

    private ClientRun(int status, string output, string error)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var outcome = JsonNode.Parse(line)!;
            _outcomes[(string)outcome["case"]!] = (string?)outcome["error"];
        }

        _end = $"the script ended with status {status} and said:\n{error}";
    }

    public static ClientRun Of(params string[] command)
    {
        var (status, output, error) = Command.Try("timeout", ["--kill-after=5", MostSeconds, .. command]);
        return new ClientRun(status, output, error);
    }

    /// <summary>Fails with what the script said of the case.</summary>
    public void Passed(string name)
    {
        if (!_outcomes.TryGetValue(name, out var error)) Assert.Fail($"The case {name} was not reached: {_end}");
        if (error is not null) Assert.Fail(error);
    }
}
