using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>unistd.h</summary>
internal static unsafe partial class Unistd
{
    /// <summary>https://man7.org/linux/man-pages/man2/close.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    /// <summary>https://man7.org/linux/man-pages/man2/read.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(FileDescriptor fd, void* buffer, nuint count);

    /// <summary>https://man7.org/linux/man-pages/man2/write.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(FileDescriptor fd, void* buffer, nuint count);
}
