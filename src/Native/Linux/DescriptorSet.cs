using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>
/// Descriptors of which one thread waits for any to be readable: a wait costs as much as there is to tell, not as many as there are.
/// Adding, removing and waiting are for that thread; <see cref="Stop"/> and <see cref="Wake"/> for any.
/// </summary>
public sealed unsafe class DescriptorSet : IDisposable
{
    private readonly FileDescriptor _epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
    private readonly Waiter _waiter;

    /// <exception cref="InvalidOperationException">The kernel gives no descriptor for it.</exception>
    public DescriptorSet()
    {
        var errno = Marshal.GetLastPInvokeError();
        _waiter = new Waiter();
        if (!_epoll.IsInvalid && !_waiter.IsInvalid) return;
        if (!_epoll.IsInvalid) errno = Marshal.GetLastPInvokeError();
        Dispose();
        throw new InvalidOperationException($"make a set of descriptors to wait for: {Errno.Name(errno)} ({Errno.Text(errno)})");
    }

    /// <summary>0, or the error number.</summary>
    /// <param name="descriptor">To be removed before it is closed.</param>
    /// <param name="tag">What <see cref="Wait"/> tells of it.</param>
    public int Add(FileDescriptor descriptor, ulong tag)
    {
        var wanted = stackalloc byte[Epoll.EventSize];
        *(uint*)wanted = Epoll.EPOLLIN;
        *(ulong*)(wanted + Epoll.DataOffset) = tag;
        return Epoll.epoll_ctl(_epoll, Epoll.EPOLL_CTL_ADD, descriptor, wanted) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    public void Remove(FileDescriptor descriptor)
    {
        var unused = stackalloc byte[Epoll.EventSize];
        _ = Epoll.epoll_ctl(_epoll, Epoll.EPOLL_CTL_DEL, descriptor, unused);
    }

    /// <summary>Waits until something is readable; a negative timeout waits without end.</summary>
    /// <param name="ready">Takes the tags, as many as fit: the rest is told by the next wait.</param>
    public WaitStatus Wait(TimeSpan timeout, Span<ulong> ready, out int count)
    {
        count = 0;
        var status = _waiter.Wait(_epoll, timeout, out var errno);
        if (errno != 0) throw new InvalidOperationException($"wait for descriptors: {Errno.Name(errno)} ({Errno.Text(errno)})");
        if (status != WaitStatus.Ready) return status;
        var events = stackalloc byte[Epoll.EventSize * ready.Length];
        count = Math.Max(0, Epoll.epoll_wait(_epoll, events, ready.Length, 0));
        for (var i = 0; i < count; i++) ready[i] = *(ulong*)(events + i * Epoll.EventSize + Epoll.DataOffset);
        return status;
    }

    /// <summary>Ends the current and every later <see cref="Wait"/>.</summary>
    public void Stop() => _waiter.Stop();

    /// <summary>Ends the current or else the next <see cref="Wait"/>.</summary>
    public void Wake() => _waiter.Wake();

    public void Dispose()
    {
        _epoll.Dispose();
        _waiter?.Dispose();
    }
}
