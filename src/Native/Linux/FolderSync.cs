using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>Makes renames and removals in a folder durable: fsync(2) of a file does not reach the folder's entry for it.</summary>
public static partial class FolderSync
{
    private const int ReadOnly = 0;
    private const int DirectoryOnly = 0x10000;
    private const int CloseOnExec = 0x80000;

    /// <summary>Flushes the entries of a folder to disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Flush(string folder)
    {
        var fd = open(folder, ReadOnly | DirectoryOnly | CloseOnExec, 0);
        if (fd < 0) throw new IOException($"open folder {folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        var failed = fsync(fd) < 0;
        var error = Marshal.GetLastPInvokeError();
        _ = close(fd);
        // EINVAL: a file system without fsync for folders keeps the order by itself.
        if (failed && error != 22) throw new IOException($"fsync folder {folder}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    // https://man7.org/linux/man-pages/man2/open.2.html
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    // https://man7.org/linux/man-pages/man2/fsync.2.html
    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int fd);

    // https://man7.org/linux/man-pages/man2/close.2.html
    [LibraryImport("libc")]
    private static partial int close(int fd);
}
