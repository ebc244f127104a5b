using System.CommandLine;
using System.Runtime.CompilerServices;
using NodeAgent.Kvm.Model;
using NodeAgent.Network.Remote;

namespace NodeAgent.Cli.Kvm;

/// <summary>nodeagent kvm show</summary>
internal static class ShowCommand
{
    public static CliCommand Build(string description)
    {
        var all = new Option<bool>("--all") { Description = "every extension, parameter and flaw, also those that say nothing new" };
        return new CliCommand("show", description)
        {
            Options = { all },
            Run = run => Show(run, run.Value(all)),
            Details = "The first line says it in one sentence. A guest of a few instructions is run for it, which takes milliseconds and leaves nothing behind. Needs no root, as far as /dev/kvm is open to the user. Exit code 0: VMs run here; 1: they do not.",
            Examples =
            [
                new("nodeagent kvm show", "the agent's last check, or one made now where no agent runs"),
                new("nodeagent kvm show --local", "checked now, by this process"),
                new("nodeagent kvm show -o json | jq -r .reason", "for programs"),
            ],
        };
    }

    private static int Show(Invocation run, bool all)
    {
        var report = Find(run);
        if (!run.PrintForPrograms(() => KvmJson.Of(report))) new KvmText(run.Out, run.Style, run.Settings.Width, all).Write(report);
        return report.Usable ? ExitCode.Done : ExitCode.Failed;
    }

    private static KvmReport Find(Invocation run)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.LocalBecause is null)
        {
            // Where no socket is there, nothing of sockets, HTTP or gRPC is loaded.
            if (File.Exists(daemon.Socket) && Remote(daemon.Socket) is { } report)
            {
                if (run.Settings.Verbose) run.Note($"as checked by the agent at {daemon.Socket}");
                return report;
            }

            if (daemon.NamedBy is not null) throw new CliException(ExitCode.Failed, $"no agent serves {daemon.Socket}, which {daemon.NamedBy} names; --local works without one");
        }

        return run.Host.Kvm(run.Settings);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static KvmReport? Remote(string socket)
    {
        try
        {
            return RemoteKvm.TryGet(socket, TimeProvider.System);
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, e.Message);
        }
    }
}
