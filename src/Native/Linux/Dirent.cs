using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>dirent.h</summary>
internal static unsafe partial class Dirent
{
    /// <summary>Of struct dirent on 64-bit architectures: d_ino, d_off, d_reclen, d_type, then the name, ended by NUL.</summary>
    internal const int NameOffset = 19;

    /// <summary>https://man7.org/linux/man-pages/man3/opendir.3.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint opendir(string path);

    /// <summary>https://man7.org/linux/man-pages/man3/readdir.3.html; null at the end, and after an error, which the last P/Invoke error tells.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial byte* readdir(FolderListing folder);

    /// <summary>https://man7.org/linux/man-pages/man3/closedir.3.html</summary>
    [LibraryImport("libc")]
    internal static partial int closedir(nint folder);
}
