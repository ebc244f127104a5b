using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/ioctl.h. What a request is and takes is said in the file of its own header.</summary>
public static unsafe partial class SysIoctl
{
    /// <summary>https://man7.org/linux/man-pages/man2/ioctl.2.html, for requests that take a number or nothing.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(FileDescriptor fd, nuint request, nuint argument);

    /// <summary>The same, for requests that take a structure.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(FileDescriptor fd, nuint request, void* argument);
}
