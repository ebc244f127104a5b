using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Documents;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli;

/// <summary>From arguments to an exit code: parses, finds the command, runs it, and turns what went wrong into causes on standard error.</summary>
public static class CommandLine
{
    public static int Run(string[] args, CliHost host)
    {
        try
        {
            var code = Dispatch(args, host);
            host.Out.Flush();
            return code;
        }
        catch (CliException e)
        {
            foreach (var cause in e.Causes) Complain(host.Error, cause);
            return e.ExitCode;
        }
        catch (IOException e) when (IsClosedPipe(e))
        {
            // The reader of a pipe has gone (`| head`): nothing is left to tell.
            return ExitCode.Done;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Complain(host.Error, Array.IndexOf(args, "-v") >= 0 || Array.IndexOf(args, "--verbose") >= 0 ? e.ToString() : e.Message);
            return ExitCode.Failed;
        }
    }

    public static void Complain(TextWriter error, string cause) => error.WriteLine($"nodeagent: error: {cause}");

    private static int Dispatch(string[] args, CliHost host)
    {
        if (args is ["--version"])
        {
            host.Out.WriteLine($"nodeagent {AgentVersion.Text}");
            return ExitCode.Done;
        }

        var global = new GlobalOptions();
        var root = CommandTree.Build(args, global);
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var command = parse.CommandResult.Command;
        foreach (var option in root.Options)
        {
            if (option is HelpOption && parse.GetResult(option) is { Implicit: false }) return Help(host.Out, ExitCode.Done);
            if (option is VersionOption && parse.GetResult(option) is { Implicit: false }) return Dispatch(["--version"], host);
        }

        if (args.Length == 0) return Help(host.Out, ExitCode.Done);
        foreach (var token in parse.Tokens)
        {
            // The parser takes an option it does not know for a value.
            if (token is { Type: TokenType.Argument, Value: ['-', _, ..] }) return UnknownOption(token.Value, command, host);
        }

        if (parse.Errors.Count > 0) return UsageError(parse, command, host);
        if (command is CliCommand { Run: { } run }) return Run(run, new Invocation(parse, global.Resolve(parse, host), host));
        return Help(host.Error, ExitCode.Invalid);

        int Help(TextWriter output, int code)
        {
            var width = host.OutIsTerminal ? Math.Clamp(host.TerminalWidth(), 40, 120) : 100;
            HelpText.Write(output, command, global, new Style(host.OutIsTerminal && host.Environment("NO_COLOR") is null or ""), width);
            return code;
        }
    }

    private static int Run(Func<Invocation, int> run, Invocation invocation)
    {
        try
        {
            return run(invocation);
        }
        catch (InvalidDocumentsException e)
        {
            // Programs get the same errors with their places.
            invocation.PrintForPrograms(() => new JsonObject
            {
                ["outcome"] = "invalid",
                ["message"] = "the documents are wrong; nothing was changed",
                ["errors"] = ShowJson.List(e.Errors, Applying.ApplyReport.Error),
            });
            invocation.Out.Flush();
            throw;
        }
    }

    private static int UsageError(ParseResult parse, Command command, CliHost host)
    {
        if (command.Subcommands.Count > 0)
        {
            var names = string.Join(", ", command.Subcommands.Select(c => c.Name));
            Complain(host.Error, parse.UnmatchedTokens.Count > 0
                ? $"{CommandTree.PathOf(command)} has no command '{parse.UnmatchedTokens[0]}'; it has {names}"
                : $"{CommandTree.PathOf(command)} needs a command: {names}");
        }
        else
        {
            foreach (var error in parse.Errors) Complain(host.Error, error.Message);
        }

        return SeeHelp(command, host);
    }

    private static int UnknownOption(string name, Command command, CliHost host)
    {
        Complain(host.Error, $"there is no option {name}");
        return SeeHelp(command, host);
    }

    private static int SeeHelp(Command command, CliHost host)
    {
        host.Error.WriteLine($"See: {CommandTree.PathOf(command)} --help");
        return ExitCode.Invalid;
    }

    // EPIPE
    private static bool IsClosedPipe(IOException e) => (e.HResult & 0xFFFF) == 32 || e.Message.Contains("Broken pipe", StringComparison.Ordinal);
}
