using System.CommandLine;

namespace NodeAgent.Cli;

/// <summary>A command with its examples and what it does; System.CommandLine parses, and <see cref="CommandLine"/> runs it.</summary>
public sealed class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>What the command does; null for a group of commands.</summary>
    public Func<Invocation, int>? Run { get; init; }

    /// <summary>The flags of the daemon's configuration, for a command that takes them.</summary>
    public ConfigurationFlags? Flags
    {
        get;
        init
        {
            field = value;
            foreach (var option in value?.Options ?? []) Options.Add(option);
        }
    }

    /// <summary>The command reads the configuration itself and tells what is wrong with it.</summary>
    public bool ChecksConfiguration { get; init; }

    /// <summary>Command lines that work as printed, each with what it is for.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>More than the one line that <see cref="Symbol.Description"/> is.</summary>
    public string Details { get; init; } = "";
}

/// <summary>One example of a help text.</summary>
public readonly record struct Example(string CommandLine, string Purpose);
