using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/eventfd.h</summary>
internal static partial class EventFd
{
    internal const int EFD_CLOEXEC = 0x80000;
    internal const int EFD_NONBLOCK = 0x800;

    /// <summary>https://man7.org/linux/man-pages/man2/eventfd.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial FileDescriptor eventfd(uint initial, int flags);
}
