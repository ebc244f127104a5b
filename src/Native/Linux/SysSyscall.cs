using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/syscall.h: calls that the C library has no function for. Their numbers are the same on every architecture from 424 on.</summary>
internal static unsafe partial class SysSyscall
{
    internal const nint SYS_pidfd_open = 434;
    internal const nint SYS_openat2 = 437;

    /// <summary>https://man7.org/linux/man-pages/man2/syscall.2.html, with a descriptor as its result.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial FileDescriptor OpenBySyscall(nint number, nint first, nint second);

    /// <summary>The same for openat2.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial FileDescriptor OpenBySyscall(nint number, FileDescriptor folder, string path, void* how, nuint size);
}
