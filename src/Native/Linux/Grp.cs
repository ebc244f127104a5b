using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>grp.h: groups by name, from wherever this machine keeps them.</summary>
public static unsafe partial class Grp
{
    private const int MaxBuffer = 1 << 20;

    /// <summary>The number of a group; null where there is none of this name.</summary>
    public static uint? IdOf(string name)
    {
        // A group with many members needs a large buffer: ERANGE asks for it.
        for (var size = 4096; size <= MaxBuffer; size *= 4)
        {
            var buffer = (byte*)NativeMemory.Alloc((nuint)size);
            try
            {
                struct_group entry;
                struct_group* found;
                var errno = getgrnam_r(name, &entry, buffer, (nuint)size, &found);
                if (errno == 0) return found is null ? null : entry.gr_gid;
                if (errno != Errno.ERANGE) return null;
            }
            finally
            {
                NativeMemory.Free(buffer);
            }
        }

        return null;
    }

    /// <summary>https://man7.org/linux/man-pages/man3/getgrnam.3.html</summary>
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int getgrnam_r(string name, struct_group* entry, byte* buffer, nuint length, struct_group** result);

    [StructLayout(LayoutKind.Sequential)]
    private struct struct_group
    {
        internal byte* gr_name;
        internal byte* gr_passwd;
        internal uint gr_gid;
        internal byte** gr_mem;
    }
}
