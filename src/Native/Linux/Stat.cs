using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/stat.h, through statx: its struct is the same on every architecture.</summary>
public static unsafe partial class Stat
{
    private const int AT_EMPTY_PATH = 0x1000;
    private const int AT_FDCWD = -100;
    private const uint STATX_INO = 0x100;
    private const uint STATX_BASIC_STATS = 0x7FF;

    /// <summary>Device and inode of an open descriptor, the device as st_dev of stat(2) has it; null where it is not open.</summary>
    public static (ulong Device, ulong Inode)? Identify(int descriptor)
    {
        statx_buffer found;
        if (statx(descriptor, "", AT_EMPTY_PATH, STATX_INO, &found) != 0) return null;
        // gnu_dev_makedev(3)
        ulong major = found.stx_dev_major, minor = found.stx_dev_minor;
        return ((major & 0xFFFFF000) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFFFF00) << 12 | minor & 0xFF, found.stx_ino);
    }

    /// <summary>What a path leads to, links followed; null where it cannot be said, with the reason in the last P/Invoke error.</summary>
    public static FileStatus? Describe(string path)
    {
        statx_buffer found;
        if (statx(AT_FDCWD, path, 0, STATX_BASIC_STATS, &found) != 0) return null;
        return new FileStatus(found.stx_mode, found.stx_uid, found.stx_gid, found.stx_rdev_major, found.stx_rdev_minor);
    }

    /// <summary>struct statx of linux/stat.h: 256 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct statx_buffer
    {
        [FieldOffset(20)]
        internal uint stx_uid;

        [FieldOffset(24)]
        internal uint stx_gid;

        [FieldOffset(28)]
        internal ushort stx_mode;

        [FieldOffset(32)]
        internal ulong stx_ino;

        [FieldOffset(128)]
        internal uint stx_rdev_major;

        [FieldOffset(132)]
        internal uint stx_rdev_minor;

        [FieldOffset(136)]
        internal uint stx_dev_major;

        [FieldOffset(140)]
        internal uint stx_dev_minor;
    }

    /// <summary>https://man7.org/linux/man-pages/man2/statx.2.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, statx_buffer* buffer);
}
