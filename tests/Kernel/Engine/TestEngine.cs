using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>An engine over this thread's namespace with a state folder of its own.</summary>
internal sealed class TestEngine : IDisposable
{
    private static readonly HashSet<string> s_none = [];

    public TestEngine(EngineOptions? options = null)
    {
        State = Directory.CreateTempSubdirectory("nodeagent-test-").FullName;
        Options = (options ?? new EngineOptions()) with { Paths = Paths };
        Engine = new NetworkEngine(Options);
    }

    public string State { get; }

    public HostPaths Paths => new() { State = State, Configuration = Path.Combine(State, "etc"), Run = Path.Combine(State, "run") };

    public EngineOptions Options { get; }

    public NetworkEngine Engine { get; }

    public static PolicyDocument Document(string yaml, string name = "test")
    {
        var result = DocumentReader.Read(name + ".yaml", yaml);
        Assert.Empty(result.Errors);
        return result.Document!;
    }

    public ApplyResult Apply(string yaml, string name = "test", IReadOnlyList<ProbeSpec>? probes = null, IReadOnlySet<string>? allow = null, TimeSpan? confirm = null) =>
        Engine.Apply(new ApplyRequest { Document = Document(yaml, name), Probes = probes ?? [], AllowDisrupt = allow ?? s_none, Confirm = confirm }, null, CancellationToken.None);

    /// <summary>Applies and expects it to be kept.</summary>
    public ApplyResult MustApply(string yaml, string name = "test")
    {
        var result = Apply(yaml, name);
        Assert.True(result.Outcome == ApplyOutcome.Committed, $"{result.Outcome}: {result.Message}");
        return result;
    }

    public ApplyResult Delete(string policy) => Engine.Delete(policy, s_none, null, CancellationToken.None);

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(State, recursive: true);
    }
}
