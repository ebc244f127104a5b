using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>linux/dm-ioctl.h, as far as reading needs it.</summary>
internal static unsafe class DmIoctl
{
    internal const uint DM_VERSION = 0xc138fd00;
    internal const uint DM_LIST_DEVICES = 0xc138fd02;
    internal const uint DM_TABLE_STATUS = 0xc138fd0c;
    internal const uint DM_DEV_ARM_POLL = 0xc138fd10;

    /// <summary>The interface's major number; it has been 4 since 2.6.</summary>
    internal const uint DM_VERSION_MAJOR = 4;

    internal const uint DM_READONLY_FLAG = 1 << 0;
    internal const uint DM_SUSPEND_FLAG = 1 << 1;
    internal const uint DM_STATUS_TABLE_FLAG = 1 << 4;
    internal const uint DM_BUFFER_FULL_FLAG = 1 << 8;
    internal const uint DM_NOFLUSH_FLAG = 1 << 11;

    /// <summary>With DM_LIST_DEVICES: UUIDs too, from 5.13 on.</summary>
    internal const uint DM_UUID_FLAG = 1 << 14;

    internal const uint DM_NAME_LIST_FLAG_HAS_UUID = 1;
    internal const uint DM_NAME_LIST_FLAG_DOESNT_HAVE_UUID = 2;

    internal const int DM_NAME_LEN = 128;
    internal const int DM_UUID_LEN = 129;
    internal const int DM_MAX_TYPE_NAME = 16;

    /// <summary>struct dm_ioctl: the head of every request and answer, 312 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dm_ioctl
    {
        internal fixed uint version[3];
        internal uint data_size;
        internal uint data_start;
        internal uint target_count;
        internal int open_count;
        internal uint flags;
        internal uint event_nr;
        internal uint padding;
        internal ulong dev;
        internal fixed byte name[DM_NAME_LEN];
        internal fixed byte uuid[DM_UUID_LEN];
        internal fixed byte data[7];
    }

    /// <summary>struct dm_target_spec: 40 bytes, then the parameters.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dm_target_spec
    {
        internal ulong sector_start;
        internal ulong length;
        internal int status;
        internal uint next;
        internal fixed byte target_type[DM_MAX_TYPE_NAME];
    }
}
