using System.CommandLine;

namespace NodeAgent.Cli;

/// <summary>
/// The commands. Only those whose name stands in the arguments are built with their options; of the others the name and the
/// one line of help are enough, which keeps the start short.
/// </summary>
public static class CommandTree
{
    public static RootCommand Build(IReadOnlyList<string> args, GlobalOptions global)
    {
        var root = new RootCommand("The agent of one worker node: its bridges, VLANs and bonds, as verified and reversible transactions");
        foreach (var option in global.All) root.Options.Add(option);
        root.Directives.Clear();
        Add(root, args, "net", "Show and change the network of this node", net => BuildNet(net, args));
        return root;
    }

    /// <summary>"nodeagent net show"</summary>
    public static string PathOf(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? "nodeagent" : $"{PathOf(parent)} {command.Name}";
    }

    private static CliCommand BuildNet(string description, IReadOnlyList<string> args)
    {
        var net = new CliCommand("net", description);
        Add(net, args, "show", "Show links, addresses, guests, policies and the VLANs that VMs can use", Net.ShowCommand.Build);
        Add(net, args, "policies", "List the policies of this node and how they stand", Net.PoliciesCommand.Build);
        Add(net, args, "watch", "Follow changes of links, addresses and routes", Net.WatchCommand.Build);
        return net;
    }

    private static void Add(Command parent, IReadOnlyList<string> args, string name, string description, Func<string, CliCommand> build) =>
        parent.Subcommands.Add(args.Contains(name) ? build(description) : new CliCommand(name, description));
}
