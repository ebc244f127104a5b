using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>fcntl.h</summary>
public static partial class Fcntl
{
    public const int O_RDONLY = 0;
    public const int O_RDWR = 2;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;

    /// <summary>Where a file is, without opening it: for paths from there, and for /proc/self/fd/N.</summary>
    public const int O_PATH = 0x200000;

    public const int F_SETFD = 2;
    public const int FD_CLOEXEC = 1;

    /// <summary>https://man7.org/linux/man-pages/man2/open.2.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial FileDescriptor open(string path, int flags);

    /// <summary>https://man7.org/linux/man-pages/man2/fcntl.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int descriptor, int command, nint argument);
}
