using System.Runtime.CompilerServices;
using NodeAgent.Cli.Run;
using NodeAgent.Network;
using NodeAgent.Network.Remote;

namespace NodeAgent.Cli;

/// <summary>The engine a command works with: the agent's where one answers, else one in this process.</summary>
internal sealed record EngineChoice(INetworkEngine Engine, string Where)
{
    public static EngineChoice Make(Settings settings, CliHost host)
    {
        var daemon = settings.Daemon;
        if (daemon.LocalBecause is { } reason) return Local($"in this process ({reason})");

        // Where no socket is there, nothing of sockets, HTTP or gRPC is loaded.
        if (File.Exists(daemon.Socket) && Remote(settings, host) is { } engine) return new EngineChoice(engine, $"by the agent at {daemon.Socket}");
        return daemon.NamedBy is null
            ? Local($"in this process: no agent serves {daemon.Socket}")
            : throw new CliException(ExitCode.Failed, $"no agent serves {daemon.Socket}, which {daemon.NamedBy} names; --local works without one");

        EngineChoice Local(string where) => new(host.Engine(settings), where);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static INetworkEngine? Remote(Settings settings, CliHost host)
    {
        try
        {
            return DaemonSocket.TryConnect(settings.Daemon.Socket) is { } connected
                ? new RemoteEngine(settings.Daemon.Socket, connected, SshSession.Find(host.Environment, settings.Paths.Proc), TimeProvider.System)
                : null;
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, e.Message);
        }
    }
}
