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
        HelpName = "ADDR[:PORT]",
        Recursive = true,
    };

    public readonly Option<bool> NoColor = new("--no-color") { Description = "no colour on a terminal [NO_COLOR]", Recursive = true };
    public readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "say more: every guest tap, stack traces of unexpected errors", Recursive = true };

    /// <summary>In the order help lists them.</summary>
    public IReadOnlyList<Option> All => [Output, Config, StateDir, PoliciesDir, RunDir, ControlPlane, NoColor, Verbose];

    public Settings Resolve(ParseResult parse, CliHost host)
    {
        var named = Pick(parse.GetValue(Config), host.Environment("NODEAGENT_CONFIG"));
        var path = named ?? HostPaths.Default.ConfigurationFile;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        var file = Load(path, named is not null);
        return new Settings
        {
            Paths = new HostPaths
            {
                Configuration = folder,
                ConfigurationFile = path,
                PoliciesFolder = Pick(parse.GetValue(PoliciesDir), host.Environment("NODEAGENT_POLICIES_DIR"), file.PoliciesFolder) ?? Path.Combine(folder, "policies.d"),
                State = Pick(parse.GetValue(StateDir), host.Environment("NODEAGENT_STATE_DIR"), file.StateFolder) ?? HostPaths.Default.State,
                Run = Pick(parse.GetValue(RunDir), host.Environment("NODEAGENT_RUN_DIR"), file.RunFolder) ?? HostPaths.Default.Run,
            },
            Configuration = file,
            ControlPlane = ControlPlaneOf(parse, host, file),
            Format = FormatOf(Pick(parse.GetValue(Output), host.Environment("NODEAGENT_OUTPUT"))),
            Colour = host.OutIsTerminal && !parse.GetValue(NoColor) && string.IsNullOrEmpty(host.Environment("NO_COLOR")) && host.Environment("TERM") != "dumb",
            Verbose = parse.GetValue(Verbose),
            Width = host.OutIsTerminal ? Math.Clamp(host.TerminalWidth(), 40, 400) : 100,
        };
    }

    private static Option<string?> Folder(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };

    // Without a file the reader of YAML is not even loaded.
    private static AgentConfiguration Load(string path, bool required)
    {
        if (!required && !File.Exists(path)) return AgentConfiguration.Default;
        var result = AgentConfiguration.Load(path, required);
        return result.Errors.Count == 0 ? result.Configuration : throw new InvalidDocumentsException(result.Errors);
    }

    private IReadOnlyList<ControlPlaneAddress> ControlPlaneOf(ParseResult parse, CliHost host, AgentConfiguration file)
    {
        var flags = parse.GetValue(ControlPlane);
        if (flags is { Length: > 0 }) return Addresses(flags, "--control-plane");
        return host.Environment("NODEAGENT_CONTROL_PLANE") is { Length: > 0 } variable
            ? Addresses([variable], "NODEAGENT_CONTROL_PLANE")
            : file.ControlPlane;
    }

    private static List<ControlPlaneAddress> Addresses(string[] values, string source)
    {
        var addresses = new List<ControlPlaneAddress>();
        foreach (var value in values)
        {
            foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!ControlPlaneAddress.TryParse(part, out var address)) throw new CliException(ExitCode.Invalid, $"{source}: '{part}' is not an IP address, with a port or without; give the API server's address, not its name");
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static OutputFormat FormatOf(string? text) => text switch
    {
        null or "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        _ => throw new CliException(ExitCode.Invalid, $"-o {text}: expected table, json or yaml"),
    };

    private static string? Pick(string? flag, string? variable, string? file = null) =>
        flag ?? (string.IsNullOrEmpty(variable) ? file : variable);
}
