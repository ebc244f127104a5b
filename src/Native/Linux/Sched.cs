using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sched.h: namespaces of the calling thread.</summary>
public static partial class Sched
{
    public const int CLONE_NEWNS = 0x0002_0000;
    public const int CLONE_NEWUSER = 0x1000_0000;
    public const int CLONE_NEWNET = 0x4000_0000;

    /// <summary>https://man7.org/linux/man-pages/man2/unshare.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int unshare(int flags);

    /// <summary>https://man7.org/linux/man-pages/man2/setns.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int setns(FileDescriptor fd, int namespaceType);
}
