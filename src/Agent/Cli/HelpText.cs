using System.CommandLine;

namespace NodeAgent.Cli;

/// <summary>The help of a command: usage, what it does, arguments, options, examples.</summary>
public static class HelpText
{
    private const string ExitCodes = "Exit codes: 0 done, 1 failed, 2 usage or invalid input, 3 plan has changes, 4 refused by a guard, 5 rolled back.";

    public static void Write(TextWriter output, Command command, GlobalOptions global, Style style, int width)
    {
        output.WriteLine($"{command.Description}.");
        var details = (command as CliCommand)?.Details ?? "";
        if (details.Length > 0)
        {
            output.WriteLine();
            foreach (var paragraph in details.Split('\n'))
            {
                foreach (var line in TextWrap.Lines(paragraph, width)) output.WriteLine(line);
            }
        }

        output.WriteLine();
        output.WriteLine($"{style.Head("Usage:")} {Usage(command)}");
        Section(output, "Commands", command.Subcommands.Select(c => (c.Name, c.Description)), style, width);
        Section(output, "Arguments", command.Arguments.Select(a => (a.HelpName ?? a.Name, a.Description)), style, width);
        Section(output, "Options", Own(command, global).Select(o => (Label(o), o.Description)), style, width);
        Examples(output, command, style);
        Section(output, "Global options", global.All.Select(o => (Label(o), o.Description)), style, width);
        output.WriteLine();
        foreach (var line in TextWrap.Lines(ExitCodes, width)) output.WriteLine(line);
    }

    private static IEnumerable<Option> Own(Command command, GlobalOptions global) =>
        command.Options.Where(o => !global.All.Contains(o) && o is not System.CommandLine.Help.HelpOption);

    private static string Usage(Command command)
    {
        var names = new List<string>();
        for (Symbol? at = command; at is not null; at = at.Parents.FirstOrDefault()) names.Insert(0, at is RootCommand ? "nodeagent" : at.Name);
        var text = string.Join(' ', names);
        if (command.Subcommands.Count > 0) text += " COMMAND";
        foreach (var argument in command.Arguments)
        {
            var name = argument.HelpName ?? argument.Name;
            if (argument.Arity.MaximumNumberOfValues > 1) name += "…";
            text += argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
        }

        return text + " [OPTIONS]";
    }

    private static string Label(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(a => a is not ("/?" or "/h" or "-?")).Prepend(option.Name).OrderBy(n => n.Length));
        return option.HelpName is null ? names : $"{names} {option.HelpName}";
    }

    private static void Section(TextWriter output, string head, IEnumerable<(string Name, string? Description)> rows, Style style, int width)
    {
        var table = new TextTable();
        foreach (var (name, description) in rows) table.Add(name, description ?? "");
        if (table.Count == 0) return;
        output.WriteLine();
        output.WriteLine(style.Head(head + ":"));
        table.Write(output, style, width, "  ");
    }

    private static void Examples(TextWriter output, Command command, Style style)
    {
        if (command is not CliCommand { Examples.Count: > 0 } own) return;
        output.WriteLine();
        output.WriteLine(style.Head("Examples:"));
        foreach (var (line, purpose) in own.Examples)
        {
            output.WriteLine($"  {style.Faint("# " + purpose)}");
            output.WriteLine($"  {line}");
        }
    }
}
