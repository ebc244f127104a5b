using System.Runtime.CompilerServices;
using NodeAgent.Network.Remote;

namespace NodeAgent.Cli.Migration;

/// <summary>The agent, which alone knows guests and migrations: they are followed, not looked up.</summary>
internal static class MigrationAgent
{
    private const string LocalWorks = "; --local works without";

    /// <summary>Asks it.</summary>
    /// <exception cref="CliException">There is none, or it does not answer.</exception>
    public static T Ask<T>(Invocation run, Func<RemoteMigrations, T> question)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.LocalBecause is { } reason) throw new CliException(ExitCode.Invalid, $"{reason} means work in this process, which cannot do it: guests and migrations are followed by the agent");

        // Where no socket is there, nothing of sockets, HTTP or gRPC is loaded.
        if (!File.Exists(daemon.Socket)) throw Missing(daemon);
        return Connected(daemon, question);
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
            var end = e.Message.IndexOf(LocalWorks, StringComparison.Ordinal);
            throw new CliException(ExitCode.Failed, SafeText.Of(end < 0 ? e.Message : e.Message[..end]));
        }
    }

    private static CliException Missing(DaemonSettings daemon) => new(ExitCode.Failed, daemon.NamedBy is { } named
        ? $"no agent serves {daemon.Socket}, which {named} names"
        : $"no agent serves {daemon.Socket}, and guests and migrations are followed by the agent: `systemctl start nodeagent` starts it, `nodeagent run` in a terminal");
}
