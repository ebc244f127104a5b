namespace NodeAgent.Native.Linux;

/// <summary>sys/pidfd.h: a process held by a descriptor, which is readable once the process has ended. Linux 5.3.</summary>
public static unsafe class PidFd
{
    /// <summary>
    /// Invalid where it cannot be had, with the reason in the last P/Invoke error: ESRCH, no such process; EINVAL, a thread that leads no process;
    /// ENOSYS, an older kernel; EPERM, the call is filtered away. https://man7.org/linux/man-pages/man2/pidfd_open.2.html
    /// </summary>
    public static FileDescriptor Open(int pid) => SysSyscall.OpenBySyscall(SysSyscall.SYS_pidfd_open, pid, 0);

    /// <summary>The process held by a descriptor has ended, all of its threads.</summary>
    public static bool HasEnded(FileDescriptor process)
    {
        var wanted = new Poll.PollFd { fd = process.Number, events = Poll.POLLIN };
        return Poll.poll(&wanted, 1, 0) > 0;
    }
}
