using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/mman.h</summary>
internal static unsafe partial class SysMman
{
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;

    internal const int MAP_SHARED = 1;
    internal const int MAP_PRIVATE = 2;
    internal const int MAP_ANONYMOUS = 0x20;

    /// <summary>MAP_FAILED</summary>
    internal const nint Failed = -1;

    /// <summary>https://man7.org/linux/man-pages/man2/mmap.2.html; the descriptor is -1 for anonymous memory.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint mmap(void* address, nuint length, int protection, int flags, int fd, long offset);

    /// <summary>https://man7.org/linux/man-pages/man2/munmap.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int munmap(nint address, nuint length);
}
