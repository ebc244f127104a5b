using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Health;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net mac</summary>
public static class MacCommand
{
    public static CliCommand Build(string description)
    {
        var count = new Option<string>("--count") { Description = $"how many, 1 to {MacGenerator.Most} (default 1)", HelpName = "N" };
        var prefix = new Option<string>("--prefix") { Description = $"the first byte: {MacGenerator.PrefixText} (default: any of them)", HelpName = "BYTE" };
        return new CliCommand("mac", description)
        {
            Options = { count, prefix },
            Run = run => Generate(run, Count(run.Value(count)), Prefix(run.Value(prefix))),
            Details = "Addresses as the platform gives its VMs: locally administered, at random but for the first byte. No link of this node has them, no bridge learned them and no neighbour was seen with them; whether another node has them is not known here.",
            Examples =
            [
                new("nodeagent net mac", "one address"),
                new("nodeagent net mac --count 3 --prefix 06", "three that begin with 06"),
                new("nodeagent net mac --count 10 -o json | jq -r '.macAddresses[]'", "for programs"),
            ],
        };
    }

    private static int Generate(Invocation run, int count, byte? prefix)
    {
        var macs = run.Engine.FreeMacs(count, prefix);
        if (run.PrintForPrograms(() => new JsonObject { ["macAddresses"] = ShowJson.List(macs, static m => JsonValue.Create(m)) })) return ExitCode.Done;
        foreach (var mac in macs) run.Out.WriteLine(mac);
        return ExitCode.Done;
    }

    private static int Count(string? text)
    {
        if (text is null) return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MacGenerator.Most
            ? count
            : throw new CliException(ExitCode.Invalid, $"--count {text}: expected a number from 1 to {MacGenerator.Most}");
    }

    private static byte? Prefix(string? text)
    {
        if (text is null) return null;
        return text.Length == 2 && byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var prefix) && MacGenerator.Prefixes.Contains(prefix)
            ? prefix
            : throw new CliException(ExitCode.Invalid, $"--prefix {text}: addresses of the platform's VMs begin with {MacGenerator.PrefixText}");
    }
}
