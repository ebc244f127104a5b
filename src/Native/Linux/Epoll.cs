using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/epoll.h</summary>
internal static unsafe partial class Epoll
{
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const uint EPOLLIN = 0x1;

    /// <summary>struct epoll_event is packed on x86-64, and on no other 64-bit architecture.</summary>
    internal static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where its data is.</summary>
    internal static readonly int DataOffset = EventSize - sizeof(ulong);

    /// <summary>https://man7.org/linux/man-pages/man2/epoll_create.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial FileDescriptor epoll_create1(int flags);

    /// <summary>https://man7.org/linux/man-pages/man2/epoll_ctl.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_ctl(FileDescriptor epoll, int operation, FileDescriptor descriptor, byte* wanted);

    /// <summary>https://man7.org/linux/man-pages/man2/epoll_wait.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_wait(FileDescriptor epoll, byte* events, int most, int timeoutMilliseconds);
}
