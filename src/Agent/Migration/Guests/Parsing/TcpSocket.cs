using System.Net;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>A TCP socket of the kernel's table.</summary>
/// <param name="State">Of the connection.</param>
/// <param name="Local">This end; an address of IPv4 as one, also where the socket is of IPv6.</param>
/// <param name="Remote">The other end.</param>
/// <param name="Inode">Of the socket, as /proc/PID/fd has it.</param>
internal readonly record struct TcpSocket(TcpState State, IPEndPoint Local, IPEndPoint Remote, ulong Inode);
