using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Nodes;

/// <summary>A node of a rack with the real program on it, which has its folders to itself.</summary>
internal sealed class RackNode : IDisposable
{
    public RackNode(bool lacp = false)
    {
        Folder = Directory.CreateTempSubdirectory("nodeagent-vm-").FullName;
        State = Path.Combine(Folder, "state");
        Policies = Path.Combine(Folder, "policies.d");
        Directory.CreateDirectory(Policies);
        Rack = Rack.Create(lacp);
        Reader = new NodeReader(Rack);
    }

    public Rack Rack { get; }

    public NodeReader Reader { get; }

    public string Folder { get; }

    public string Policies { get; }

    /// <summary>The state folder the next run is given.</summary>
    public string State { get; set; }

    /// <summary>Runs the agent on the node: <c>Agent("net show -o json")</c>.</summary>
    public AgentResult Agent(string arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null) =>
        Run(AgentBinary.Program, Arguments(arguments), input, environment);

    /// <summary>Runs the agent on the node below another program, which is given it as its last arguments.</summary>
    public AgentResult AgentBelow(string program, string arguments, string agentArguments) =>
        Run(program, [.. Words(arguments), AgentBinary.Program, .. Arguments(agentArguments)]);

    /// <summary>Runs the agent and expects this status.</summary>
    public AgentResult Expect(int status, string arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = Agent(arguments, input, environment);
        Assert.True(result.Status == status, $"expected status {status}\n{result}");
        return result;
    }

    /// <summary>Applies a document under a name and expects this status. Probes only where the arguments ask for them: most tests are not about them.</summary>
    public AgentResult Apply(string name, string yaml, string more = "--probe none", int status = 0) =>
        Expect(status, $"net apply -f {Document(name, yaml)} {more}");

    public AgentResult ApplyExample(string name, string more = "--probe none", int status = 0) =>
        Expect(status, $"net apply -f {AgentBinary.Example(name)} {more}");

    /// <summary>Writes a document to a file, whose name is the policy's.</summary>
    public string Document(string name, string yaml)
    {
        var path = Path.Combine(Folder, name + ".yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    /// <summary>Starts `nodeagent run` on the node and waits until it watches.</summary>
    public AgentDaemon Daemon(string more = "") => Rack.OnNode(() => new AgentDaemon(Arguments("run " + more)));

    /// <summary>Every argument with the folders of this node.</summary>
    public IReadOnlyList<string> Arguments(string arguments) =>
        [.. Words(arguments), "--state-dir", State, "--policies-dir", Policies, "--run-dir", Path.Combine(Folder, "run")];

    public void Dispose()
    {
        Rack.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private AgentResult Run(string program, IReadOnlyList<string> arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null) =>
        Rack.OnNode(() => AgentBinary.Run(program, arguments, input, environment));

    private static string[] Words(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
