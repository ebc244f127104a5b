using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Tests.Support;

/// <summary>
/// Runs code in a fresh network namespace: a thread of its own enters it, so sockets opened and programs started there belong
/// to it, and it is gone when they are. The loopback is up.
/// </summary>
public static class NetworkNamespace
{
    private static readonly Lazy<string?> Refusal = new(() =>
    {
        try
        {
            Run(() => { });
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    });

    /// <summary>Null if namespaces can be made here, else why not: the reason for a skip.</summary>
    public static string? WhyNot => Refusal.Value;

    public static void Run(Action action) => Run(() =>
    {
        action();
        return 0;
    });

    public static T Run<T>(Func<T> action) => OnThreadIn(Enter, action);

    /// <summary>Runs code in an existing namespace, named by its file: <c>/run/netns/NAME</c>.</summary>
    public static T RunIn<T>(string path, Func<T> action) => OnThreadIn(() => Enter(path), action);

    private static T OnThreadIn<T>(Action enter, Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                enter();
                result = action();
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            Name = "network namespace",
            IsBackground = true,
        };
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }

    private static void Enter()
    {
        if (Sched.unshare(Sched.CLONE_NEWNET) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new InvalidOperationException(
                $"Cannot make a network namespace: {Errno.Name(errno)} ({Errno.Text(errno)}). Run as root, or in 'unshare --user --map-root-user --net'.");
        }

        using var connection = NetlinkConnection.Open();
        using var batch = new NetlinkBatch();
        batch.SetLink(new LinkMessage { Index = 1 }.SetUp(true));
        connection.Execute(batch).ThrowIfFailed();
    }

    private static void Enter(string path)
    {
        using var descriptor = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
        if (descriptor.IsInvalid || Sched.setns(descriptor, Sched.CLONE_NEWNET) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new InvalidOperationException($"Cannot enter the network namespace {path}: {Errno.Name(errno)} ({Errno.Text(errno)}).");
        }
    }
}
