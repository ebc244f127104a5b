using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>sys/socket.h and linux/netlink.h, as far as netlink sockets need them.</summary>
internal static unsafe partial class Socket
{
    internal const int AF_NETLINK = 16;
    internal const int SOCK_RAW = 3;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SOCK_NONBLOCK = 0x800;

    internal const int SOL_SOCKET = 1;
    internal const int SO_SNDBUF = 7;
    internal const int SO_RCVBUF = 8;
    internal const int SO_ATTACH_FILTER = 26;
    internal const int SO_SNDBUFFORCE = 32;
    internal const int SO_RCVBUFFORCE = 33;

    internal const int SOL_NETLINK = 270;
    internal const int NETLINK_ADD_MEMBERSHIP = 1;
    internal const int NETLINK_DROP_MEMBERSHIP = 2;
    internal const int NETLINK_CAP_ACK = 10;
    internal const int NETLINK_EXT_ACK = 11;
    internal const int NETLINK_GET_STRICT_CHK = 12;

    internal const int MSG_TRUNC = 0x20;
    internal const int MSG_DONTWAIT = 0x40;

    /// <summary>struct sockaddr_nl of linux/netlink.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct sockaddr_nl
    {
        internal ushort nl_family;
        internal ushort nl_pad;
        internal uint nl_pid;
        internal uint nl_groups;
    }

    /// <summary>https://man7.org/linux/man-pages/man2/socket.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial FileDescriptor socket(int domain, int type, int protocol);

    /// <summary>https://man7.org/linux/man-pages/man2/bind.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int bind(FileDescriptor fd, sockaddr_nl* address, uint length);

    /// <summary>https://man7.org/linux/man-pages/man2/getsockname.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockname(FileDescriptor fd, sockaddr_nl* address, uint* length);

    /// <summary>https://man7.org/linux/man-pages/man2/setsockopt.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setsockopt(FileDescriptor fd, int level, int name, void* value, uint length);

    /// <summary>https://man7.org/linux/man-pages/man2/getsockopt.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockopt(FileDescriptor fd, int level, int name, void* value, uint* length);

    /// <summary>https://man7.org/linux/man-pages/man2/sendto.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint sendto(FileDescriptor fd, void* buffer, nuint length, int flags, sockaddr_nl* address, uint addressLength);

    /// <summary>https://man7.org/linux/man-pages/man2/recvfrom.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint recvfrom(FileDescriptor fd, void* buffer, nuint length, int flags, sockaddr_nl* address, uint* addressLength);
}
