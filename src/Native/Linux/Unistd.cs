using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>unistd.h</summary>
public static unsafe partial class Unistd
{
    /// <summary>For <see cref="chown"/>: this id stays as it is.</summary>
    public const uint Unchanged = uint.MaxValue;

    /// <summary>For <see cref="access"/>.</summary>
    public const int W_OK = 2;

    /// <summary>https://man7.org/linux/man-pages/man2/access.2.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);

    /// <summary>https://man7.org/linux/man-pages/man2/geteuid.2.html</summary>
    [LibraryImport("libc")]
    public static partial uint geteuid();

    /// <summary>https://man7.org/linux/man-pages/man2/chown.2.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chown(string path, uint owner, uint group);

    /// <summary>https://man7.org/linux/man-pages/man2/close.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    /// <summary>https://man7.org/linux/man-pages/man2/read.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(FileDescriptor fd, void* buffer, nuint count);

    /// <summary>Bytes read, 0 at the end, -1 for an error that the last P/Invoke error names.</summary>
    public static int Read(FileDescriptor file, Span<byte> buffer)
    {
        fixed (byte* start = buffer) return (int)read(file, start, (nuint)buffer.Length);
    }

    /// <summary>Bytes read from an offset, 0 at the end, -1 for an error that the last P/Invoke error names.</summary>
    public static int ReadAt(FileDescriptor file, Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer) return (int)pread(file, start, (nuint)buffer.Length, offset);
    }

    /// <summary>https://man7.org/linux/man-pages/man2/pread.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(FileDescriptor fd, void* buffer, nuint count, long offset);

    /// <summary>Where a link leads, cut to the buffer: bytes written, -1 for an error that the last P/Invoke error names.</summary>
    public static int ReadLink(string path, Span<byte> buffer)
    {
        fixed (byte* start = buffer) return (int)readlink(path, start, (nuint)buffer.Length);
    }

    /// <summary>https://man7.org/linux/man-pages/man2/readlink.2.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint readlink(string path, byte* buffer, nuint size);

    /// <summary>https://man7.org/linux/man-pages/man2/write.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(FileDescriptor fd, void* buffer, nuint count);
}
