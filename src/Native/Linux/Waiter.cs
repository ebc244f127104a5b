using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>Waits on a descriptor for one thread, which any other may wake or stop.</summary>
internal sealed unsafe class Waiter : IDisposable
{
    private readonly FileDescriptor _signal = EventFd.eventfd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
    private volatile bool _stopped;

    /// <summary>The kernel gave no eventfd; the last P/Invoke error says why.</summary>
    public bool IsInvalid => _signal.IsInvalid;

    /// <summary>Waits until there is something to read, an error to fetch, <see cref="Stop"/> or <see cref="Wake"/>.</summary>
    /// <param name="descriptor">Of what is waited for.</param>
    /// <param name="timeout">Negative: without end.</param>
    /// <param name="errno">0, or why nothing could be waited for; what is returned then means nothing.</param>
    public WaitStatus Wait(FileDescriptor descriptor, TimeSpan timeout, out int errno)
    {
        errno = 0;
        var until = timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);
        var fds = stackalloc Poll.PollFd[2];
        fds[0] = new Poll.PollFd { fd = descriptor.Number, events = Poll.POLLIN };
        fds[1] = new Poll.PollFd { fd = _signal.Number, events = Poll.POLLIN };
        while (true)
        {
            if (_stopped) return WaitStatus.Stopped;
            var left = until == long.MaxValue ? -1 : (int)Math.Clamp(until - Environment.TickCount64, 0, int.MaxValue);
            var ready = Poll.poll(fds, 2, left);
            if (ready < 0)
            {
                errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR) return WaitStatus.TimedOut;
                errno = 0;
                continue;
            }

            if (fds[1].revents != 0)
            {
                ulong count;
                _ = Unistd.read(_signal, &count, sizeof(ulong));
                return _stopped ? WaitStatus.Stopped : WaitStatus.Woken;
            }

            return ready > 0 ? WaitStatus.Ready : WaitStatus.TimedOut;
        }
    }

    /// <summary>Ends the current and every later <see cref="Wait"/>; from any thread.</summary>
    public void Stop()
    {
        _stopped = true;
        Wake();
    }

    /// <summary>Ends the current or else the next <see cref="Wait"/>; from any thread.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Unistd.write(_signal, &one, sizeof(ulong));
    }

    public void Dispose() => _signal.Dispose();
}
