using System.CommandLine;
using NodeAgent.Cli.Documents;
using NodeAgent.Config;

namespace NodeAgent.Cli;

/// <summary>The options every command takes, each with its environment variable; the configuration file comes last.</summary>
public sealed class GlobalOptions
{
    public readonly Option<string?> Output = new("--output", "-o") { Description = "table (for people), json or yaml (for programs)", HelpName = "FORMAT", Recursive = true };
    public readonly Option<string?> Config = Folder("--config", "FILE", "configuration file [NODEAGENT_CONFIG; /etc/nodeagent/nodeagent.yaml]");
    public readonly Option<string?> StateDir = Folder("--state-dir", "DIR", "journal and policies in force [NODEAGENT_STATE_DIR; /var/lib/nodeagent]");
    public readonly Option<string?> PoliciesDir = Folder("--policies-dir", "DIR", "policies of this node [NODEAGENT_POLICIES_DIR; policies.d beside the configuration file]");
    public readonly Option<string?> RunDir = Folder("--run-dir", "DIR", "locks and sockets [NODEAGENT_RUN_DIR; /run/nodeagent]");

    public readonly Option<string[]> ControlPlane = new("--control-plane")
    {
        Description = "API server's address, whose route must not be cut; several: comma or again [NODEAGENT_CONTROL_PLANE]",
        HelpName = "ADDR[:PORT]…",
        Recursive = true,
    };

    public readonly Option<string?> Socket = Folder("--socket", "PATH", "socket of the agent that does the work [NODEAGENT_SOCKET; as the agent's configuration says, else nodeagent.sock in the run folder]");

    public readonly Option<bool> LocalOnly = new("--local")
    {
        Description = "work in this process, even where an agent runs; --state-dir, --policies-dir and --control-plane mean that too",
        Recursive = true,
    };

    public readonly Option<bool> NoColor = new("--no-color") { Description = "no colour on a terminal [NO_COLOR]", Recursive = true };
    public readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "say more: every guest tap, stack traces of unexpected errors", Recursive = true };

    /// <summary>In the order help lists them.</summary>
    public IReadOnlyList<Option> All => [Output, Config, StateDir, PoliciesDir, RunDir, ControlPlane, Socket, LocalOnly, NoColor, Verbose];

    public Settings Resolve(ParseResult parse, CliHost host)
    {
        var named = Pick(parse.GetValue(Config), host.Environment("NODEAGENT_CONFIG"));
        var path = named ?? host.Roots.ConfigurationFile;
        var command = parse.CommandResult.Command as CliCommand;
        var source = new ConfigurationSource(path, named is not null) { Overrides = Overrides(parse, host, command) };
        var configuration = command is { ChecksConfiguration: true } ? AgentConfiguration.Default : Read(source);
        var paths = HostPaths.Of(configuration, path, host.Roots);
        return new Settings
        {
            Paths = paths,
            Daemon = DaemonOf(parse, host, configuration, paths),
            Configuration = configuration,
            Source = source,
            Format = FormatOf(Pick(parse.GetValue(Output), host.Environment("NODEAGENT_OUTPUT"))),
            Colour = host.OutIsTerminal && !parse.GetValue(NoColor) && string.IsNullOrEmpty(host.Environment("NO_COLOR")) && host.Environment("TERM") != "dumb",
            Verbose = parse.GetValue(Verbose),
            Width = host.OutIsTerminal ? Math.Clamp(host.TerminalWidth(), 40, 400) : 100,
        };
    }

    private static Option<string?> Folder(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };

    // What only an engine in this process heeds means one in this process.
    private DaemonSettings DaemonOf(ParseResult parse, CliHost host, AgentConfiguration configuration, HostPaths paths)
    {
        var flag = parse.GetValue(Socket);
        var named = Pick(flag, host.Environment("NODEAGENT_SOCKET"));
        Option? local = new Option[] { LocalOnly, StateDir, PoliciesDir, ControlPlane }.FirstOrDefault(o => parse.GetResult(o) is { Implicit: false });
        if (flag is not null && local is not null) throw new CliException(ExitCode.Invalid, $"--socket and {local.Name} exclude each other: {local.Name} is for work in this process");
        return new DaemonSettings
        {
            Socket = named ?? configuration.Grpc.Socket.Path ?? paths.Socket,
            NamedBy = named is null ? null : flag is null ? "NODEAGENT_SOCKET" : "--socket",
            LocalBecause = local?.Name,
        };
    }

    private static AgentConfiguration Read(ConfigurationSource source)
    {
        var result = source.Read();
        return result.Errors.Count == 0 ? result.Configuration : throw new InvalidDocumentsException(result.Errors);
    }

    // What goes before the file: the environment, then flags.
    private List<ConfigurationOverride> Overrides(ParseResult parse, CliHost host, CliCommand? command)
    {
        var overrides = new List<ConfigurationOverride>();
        if (host.IsConfigured()) AddVariables(overrides, host);

        AddFlag("paths.state", parse.GetValue(StateDir));
        AddFlag("paths.run", parse.GetValue(RunDir));
        AddFlag("paths.policies", parse.GetValue(PoliciesDir));
        AddFlag("controlPlane", parse.GetValue(ControlPlane) is { Length: > 0 } addresses ? string.Join(',', addresses) : null);
        if (parse.GetValue(Verbose)) overrides.Add(new ConfigurationOverride(ConfigurationOptions.Find("log.level")!, "--verbose", "debug"));
        command?.Flags?.AddTo(overrides, parse);
        return overrides;

        void AddFlag(string key, string? value)
        {
            if (value is null) return;
            var option = ConfigurationOptions.Find(key)!;
            overrides.Add(new ConfigurationOverride(option, option.Flag, value));
        }
    }

    private static void AddVariables(List<ConfigurationOverride> overrides, CliHost host)
    {
        foreach (var option in ConfigurationOptions.All)
        {
            if (host.Environment(option.Variable) is { Length: > 0 } value) overrides.Add(new ConfigurationOverride(option, option.Variable, value));
        }
    }

    private static OutputFormat FormatOf(string? text) => text switch
    {
        null or "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        _ => throw new CliException(ExitCode.Invalid, $"-o {text}: expected table, json or yaml"),
    };

    private static string? Pick(string? flag, string? variable) => flag ?? (string.IsNullOrEmpty(variable) ? null : variable);
}
