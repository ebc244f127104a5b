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
        var root = new RootCommand("The agent of one worker node: network as reversible transactions, storage paths and KVM judged");
        foreach (var option in global.All) root.Options.Add(option);
        root.Directives.Clear();
        Add(root, args, "run", "Run the daemon: keep the policies of this node in force", Run.RunCommand.Build);
        Add(root, args, "status", "Show one page about this node", Status.StatusCommand.Build);
        Add(root, args, "doctor", "Judge whether this host is fit for VMs; no agent needed", Doctor.DoctorCommand.Build);
        Add(root, args, "net", "Show and change the network of this node", net => BuildNet(net, args));
        Add(root, args, "storage", "Show the storage paths of this node", storage => BuildStorage(storage, args));
        Add(root, args, "kvm", "Show whether virtual machines run on this node", kvm => BuildKvm(kvm, args));
        Add(root, args, "migration", "Follow live migrations, and say how long they will take", migration => BuildMigration(migration, args));
        Add(root, args, "config", "Check the configuration", config => BuildConfig(config, args));
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
        Add(net, args, "plan", "Show what a document would change, and what guards refuse", Net.PlanCommand.Build);
        Add(net, args, "apply", "Apply documents: each one verified transaction, or rolled back", Net.ApplyCommand.Build);
        Add(net, args, "confirm", "Keep the transaction that waits for it", Net.ConfirmCommand.Build);
        Add(net, args, "rollback", "Undo the transaction that waits, or the last one", Net.RollbackCommand.Build);
        Add(net, args, "delete", "Take a policy away and put back what it changed", Net.DeleteCommand.Build);
        Add(net, args, "export", "Write the network as it is as a document", Net.ExportCommand.Build);
        Add(net, args, "import", "Take documents, or links as they are, as policies of this node", Net.ImportCommand.Build);
        Add(net, args, "revert", "Write the document that undoes a change", Net.RevertCommand.Build);
        Add(net, args, "policies", "List the policies of this node and how they stand", Net.PoliciesCommand.Build);
        Add(net, args, "mac", "Make MAC addresses for VMs that nobody on this node has", Net.MacCommand.Build);
        Add(net, args, "watch", "Follow changes of links, addresses and routes", Net.WatchCommand.Build);
        return net;
    }

    private static CliCommand BuildKvm(string description, IReadOnlyList<string> args)
    {
        var kvm = new CliCommand("kvm", description);
        Add(kvm, args, "show", "Show why KVM can or cannot be used, and try it out", Kvm.ShowCommand.Build);
        return kvm;
    }

    private static CliCommand BuildStorage(string description, IReadOnlyList<string> args)
    {
        var storage = new CliCommand("storage", description);
        Add(storage, args, "show", "Show multipath maps with their verdicts, their paths and what these go over", Storage.ShowCommand.Build);
        Add(storage, args, "accept", "Take the paths a map has now as all there should be", Storage.AcceptCommand.Build);
        Add(storage, args, "watch", "Follow changes of maps, paths and verdicts", Storage.WatchCommand.Build);
        return storage;
    }

    private static CliCommand BuildMigration(string description, IReadOnlyList<string> args)
    {
        var migration = new CliCommand("migration", description);
        Add(migration, args, "list", "Show the migrations under way, and whether they will finish", Migration.ListCommand.Build);
        Add(migration, args, "watch", "Follow migrations: progress, passes, verdicts", Migration.WatchCommand.Build);
        Add(migration, args, "history", "Show the migrations that ended", Migration.HistoryCommand.Build);
        Add(migration, args, "forecast", "Say how long a drain of this node takes and what blocks it, or how a recorded migration would go", Migration.ForecastCommand.Build);
        Add(migration, args, "measure", "Measure how fast a guest dirties its memory", Migration.MeasureCommand.Build);
        return migration;
    }

    private static CliCommand BuildConfig(string description, IReadOnlyList<string> args)
    {
        var config = new CliCommand("config", description);
        Add(config, args, "check", "Check the configuration file and the policies of this node", Config.CheckCommand.Build);
        return config;
    }

    private static void Add(Command parent, IReadOnlyList<string> args, string name, string description, Func<string, CliCommand> build) =>
        parent.Subcommands.Add(args.Contains(name) ? build(description) : new CliCommand(name, description));
}
