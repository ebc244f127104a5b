using System.CommandLine;

namespace NodeAgent.Cli.Net;

/// <summary>Options that several commands share.</summary>
public static class DocumentOptions
{
    public static Option<string[]> Files(bool required) => new("--file", "-f")
    {
        Description = "document, folder of *.yaml, or - for standard input",
        HelpName = "FILE…",
        Required = required,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string[]> Current() => State("--current", "the state to start from: document, folder, or -");

    public static Option<string[]> Desired() => State("--desired", "the state to come to: document, folder, or -");

    public static Option<string[]> AllowDisrupt() => new("--allow-disrupt")
    {
        Description = "let the change cut what runs over this link",
        HelpName = "LINK…",
    };

    public static IReadOnlySet<string> Set(string[]? values)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values ?? []) set.UnionWith(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return set;
    }

    private static Option<string[]> State(string name, string description) => new(name) { Description = description, HelpName = "FILE…", AllowMultipleArgumentsPerToken = true };
}
