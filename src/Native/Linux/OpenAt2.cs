using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>linux/openat2.h: open a path, and say which ways to it may not be taken. Linux 5.6.</summary>
public static unsafe class OpenAt2
{
    /// <summary>No links of /proc that lead to objects rather than to paths: /proc/PID/root, /proc/PID/fd/N.</summary>
    public const ulong RESOLVE_NO_MAGICLINKS = 0x02;

    /// <summary>As after chroot: absolute links and ".." end in the folder it starts from.</summary>
    public const ulong RESOLVE_IN_ROOT = 0x10;

    /// <summary>
    /// Opens below a folder. Invalid where that failed, with the reason in the last P/Invoke error: EAGAIN, the path changed on the way (try again);
    /// ELOOP, a way that was forbidden; ENOSYS, an older kernel; EPERM, the call is filtered away. https://man7.org/linux/man-pages/man2/openat2.2.html
    /// </summary>
    public static FileDescriptor Open(FileDescriptor folder, string path, int flags, ulong resolve)
    {
        var how = new open_how { flags = (ulong)flags, resolve = resolve };
        return SysSyscall.OpenBySyscall(SysSyscall.SYS_openat2, folder, path, &how, (nuint)sizeof(open_how));
    }

    /// <summary>struct open_how: 24 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct open_how
    {
        internal ulong flags;
        internal ulong mode;
        internal ulong resolve;
    }
}
