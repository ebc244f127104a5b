using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/stat.h, through statx: its struct is the same on every architecture.</summary>
public static unsafe partial class Stat
{
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_INO = 0x100;

    /// <summary>Device and inode of an open descriptor, the device as st_dev of stat(2) has it; null where it is not open.</summary>
    public static (ulong Device, ulong Inode)? Identify(int descriptor)
    {
        statx_buffer found;
        if (statx(descriptor, "", AT_EMPTY_PATH, STATX_INO, &found) != 0) return null;
        // gnu_dev_makedev(3)
        ulong major = found.stx_dev_major, minor = found.stx_dev_minor;
        return ((major & 0xFFFFF000) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFFFF00) << 12 | minor & 0xFF, found.stx_ino);
    }

    /// <summary>struct statx of linux/stat.h: 256 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct statx_buffer
    {
        [FieldOffset(32)]
        internal ulong stx_ino;

        [FieldOffset(136)]
        internal uint stx_dev_major;

        [FieldOffset(140)]
        internal uint stx_dev_minor;
    }

    /// <summary>https://man7.org/linux/man-pages/man2/statx.2.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, statx_buffer* buffer);
}
