using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api.Storage;
using NodeAgent.Api.V1;
using NodeAgent.Network.Remote;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Cli.Storage;

/// <summary>The storage as the agent sees it, or where none answers as this process does: with the best path counts an agent left on this node, where it may read them.</summary>
internal static class StorageAnswer
{
    public static ListStorageResponse Get(Invocation run)
    {
        var socket = AgentSocket(run);
        if (socket is not null && Remote(socket) is { } storage)
        {
            if (run.Settings.Verbose) run.Note($"by the agent at {socket}");
            return storage;
        }

        if (socket is not null) Missing(run);
        return StorageList.Of(Local(run), [], run.Host.Time.GetUtcNow());
    }

    /// <summary>Where an agent is to be asked; null: this process looks for itself, and says so.</summary>
    public static string? AgentSocket(Invocation run)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.LocalBecause is { } reason)
        {
            run.Note($"in this process ({reason})");
            return null;
        }

        // Where no socket is there, nothing of sockets, HTTP or gRPC is loaded.
        if (File.Exists(daemon.Socket)) return daemon.Socket;
        Missing(run);
        return null;
    }

    /// <summary>Nobody serves the socket: who named it wants that agent and no other.</summary>
    public static void Missing(Invocation run)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.NamedBy is not null) throw new CliException(ExitCode.Failed, $"no agent serves {daemon.Socket}, which {daemon.NamedBy} names; --local works without one");
        run.Note($"in this process: no agent serves {daemon.Socket}");
    }

    /// <summary>A store for this process that writes nothing.</summary>
    /// <param name="run">With whose settings.</param>
    /// <param name="board">Takes the verdicts; null: nobody does.</param>
    public static StorageStore Store(Invocation run, VerdictBoard? board = null)
    {
        var memory = new MapMemory(run.Settings.Paths.State, NullLogger.Instance, writes: false);
        return new StorageStore(1, board ?? new VerdictBoard(run.Host.Time), memory, run.Settings.Configuration.Storage, run.Host.Time);
    }

    /// <summary>What this process can find out, within seconds.</summary>
    /// <param name="run">With whose settings.</param>
    /// <param name="board">Takes the verdicts; null: nobody does.</param>
    public static StorageState Local(Invocation run, VerdictBoard? board = null)
    {
        using var store = Store(run, board);
        store.Publish(run.Host.Storage(run.Settings), null);
        return store.Current;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ListStorageResponse? Remote(string socket)
    {
        try
        {
            return RemoteStorage.TryList(socket, TimeProvider.System);
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, e.Message);
        }
    }
}
