using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Network;

namespace NodeAgent.Cli;

/// <summary>One run of one command: what was parsed, the settings and the outside world.</summary>
public sealed class Invocation(ParseResult parse, Settings settings, CliHost host)
{
    private EngineChoice? _engine;
    private bool _told;

    public Settings Settings { get; } = settings;

    public CliHost Host { get; } = host;

    public TextWriter Out => Host.Out;

    public Style Style => new(Settings.Colour);

    /// <summary>The engine, made at its first use: planning with files alone needs none.</summary>
    public INetworkEngine Engine => Open(tell: Settings.Verbose);

    /// <summary>The same, for a command that changes something: who does it is told.</summary>
    public INetworkEngine EngineToChange => Open(tell: true);

    public T? Value<T>(Option<T> option) => parse.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parse.GetValue(argument);

    /// <summary>True where the option stands on the command line.</summary>
    public bool Given(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Prints what belongs to -o json or -o yaml; false where a table is asked for.</summary>
    public bool PrintForPrograms(Func<JsonNode> node)
    {
        if (Settings.Format == OutputFormat.Table) return false;
        NodeText.Write(Out, node(), Settings.Format);
        return true;
    }

    /// <summary>Prints one of a stream for -o json or -o yaml: a line of JSON, or a document of YAML.</summary>
    public void PrintOne(JsonNode node)
    {
        if (Settings.Format == OutputFormat.Json)
        {
            NodeText.WriteLine(Out, node);
            return;
        }

        Out.WriteLine("---");
        NodeText.Write(Out, node, OutputFormat.Yaml);
    }

    /// <summary>When something happened, as a line for people begins.</summary>
    public string Clock(DateTimeOffset time) =>
        Style.Faint(TimeZoneInfo.ConvertTime(time, Host.Time.LocalTimeZone).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));

    private INetworkEngine Open(bool tell)
    {
        _engine ??= EngineChoice.Make(Settings, Host);
        if (tell && !_told) Note(_engine.Where);
        _told |= tell;
        return _engine.Engine;
    }

    /// <summary>One cause on standard error.</summary>
    public void Complain(string cause) => CommandLine.Complain(Host.Error, cause);

    /// <summary>Something the user should know that is no error.</summary>
    public void Note(string text) => Host.Error.WriteLine($"nodeagent: note: {text}");
}
