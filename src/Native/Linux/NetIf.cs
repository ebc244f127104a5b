using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>net/if.h</summary>
public static partial class NetIf
{
    /// <summary>Longest interface name: IFNAMSIZ less the terminating NUL.</summary>
    public const int MaxNameLength = 15;

    /// <summary>Zero when there is no such interface. https://man7.org/linux/man-pages/man3/if_nametoindex.3.html</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);
}
