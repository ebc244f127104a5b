using System.Runtime.CompilerServices;
using NodeAgent.Cli.Sandbox;
using NodeAgent.Network.Remote;

namespace NodeAgent.Cli.Migration;

/// <summary>The agent, which alone knows guests and migrations: they are followed, not looked up.</summary>
internal static class MigrationAgent
{
    /// <summary>Asks it.</summary>
    /// <exception cref="CliException">There is none, or it does not answer.</exception>
    public static T Ask<T>(Invocation run, Func<RemoteMigrations, T> question)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.LocalBecause is { } reason) throw new CliException(ExitCode.Invalid, $"{reason} means work in this process, which cannot do it: guests and migrations are followed by the agent");

        // Where no socket is there, nothing of sockets, HTTP or gRPC is loaded.
        return Connected(File.Exists(daemon.Socket) ? daemon : Sandbox(run) ?? throw Missing(daemon), question);
    }

    // For whoever tries `nodeagent run --sandbox` in another terminal; who names an agent, or its folder, wants that one.
    private static DaemonSettings? Sandbox(Invocation run)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.Socket != new DaemonSettings().Socket) return null;
        foreach (var socket in SandboxSockets.Find())
        {
            if (!Answers(socket)) continue;
            run.Note($"asking the sandbox {Path.GetDirectoryName(Path.GetDirectoryName(socket))}, since no agent serves {daemon.Socket}");
            return daemon with { Socket = socket };
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Answers(string socket)
    {
        try
        {
            using var agent = RemoteMigrations.TryConnect(socket, TimeProvider.System);
            return agent is not null;
        }
        catch (DaemonException)
        {
            return false;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Connected<T>(DaemonSettings daemon, Func<RemoteMigrations, T> question)
    {
        try
        {
            using var agent = RemoteMigrations.TryConnect(daemon.Socket, TimeProvider.System) ?? throw Missing(daemon);
            return question(agent);
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, SafeText.Of(e.MessageWithoutLocal));
        }
    }

    private static CliException Missing(DaemonSettings daemon) => new(ExitCode.Failed, daemon.NamedBy is { } named
        ? $"no agent serves {daemon.Socket}, which {named} names"
        : $"no agent serves {daemon.Socket}, and guests and migrations are followed by the agent: `systemctl start nodeagent` starts it, `nodeagent run` in a terminal");
}
