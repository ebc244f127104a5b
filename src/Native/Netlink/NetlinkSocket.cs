using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;
using static NodeAgent.Native.Linux.Socket;

namespace NodeAgent.Native.Netlink;

/// <summary>
/// A netlink socket of the calling thread's network namespace, with extended acknowledgements, capped acknowledgements and
/// strict request checking where the kernel has them. Never blocks but in <see cref="Wait"/>.
/// Not thread-safe, except <see cref="Stop"/> and <see cref="Wake"/>.
/// </summary>
public sealed unsafe class NetlinkSocket : IDisposable
{
    /// <summary>
    /// The kernel fills dump parts up to what the reader offered, 32 KiB at most; a single larger message
    /// (a link with many virtual functions) is possible, so there is room to spare.
    /// </summary>
    private const int InitialBuffer = 128 * 1024;

    private readonly FileDescriptor _fd;
    private readonly Waiter _waiter;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(InitialBuffer, pinned: true);

    private NetlinkSocket(FileDescriptor fd, Waiter waiter, NetlinkProtocol protocol)
    {
        _fd = fd;
        _waiter = waiter;
        Protocol = protocol;
    }

    public NetlinkProtocol Protocol { get; }

    /// <summary>The address the kernel gave this socket; the sender in the events that our own requests cause.</summary>
    public uint PortId { get; private set; }

    /// <summary>SO_RCVBUF as the kernel counts it, overhead of each message included.</summary>
    public int ReceiveBufferSize { get; private set; }

    /// <summary>SO_SNDBUF as the kernel counts it; one send must be smaller.</summary>
    public int SendBufferSize { get; private set; }

    /// <param name="receiveBuffer">Wanted bytes; without CAP_NET_ADMIN net.core.rmem_max caps it.</param>
    /// <param name="sendBuffer">Wanted bytes; without CAP_NET_ADMIN net.core.wmem_max caps it.</param>
    public static NetlinkSocket Open(NetlinkProtocol protocol, int receiveBuffer = 4 << 20, int sendBuffer = 1 << 20)
    {
        var fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, (int)protocol);
        if (fd.IsInvalid)
            throw Failed("open", protocol);
        var waiter = new Waiter();
        var result = new NetlinkSocket(fd, waiter, protocol);
        try
        {
            if (waiter.IsInvalid)
                throw Failed("open an eventfd for", protocol);
            result.Configure(receiveBuffer, sendBuffer);
            result.Bind();
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Subscribes to a multicast group (RTNLGRP_…, by number, not by mask).</summary>
    public void Join(int group)
    {
        if (Set(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group) != 0)
            throw Failed($"join multicast group {group} of", Protocol);
    }

    /// <summary>To wait for beside others; only ever to be polled.</summary>
    internal FileDescriptor Descriptor => _fd;

    /// <summary>Has the kernel run a classic BPF program over each datagram for this socket, and drop those it returns 0 for.</summary>
    internal void Attach(ReadOnlySpan<SocketFilter.Instruction> program)
    {
        fixed (SocketFilter.Instruction* first = program)
        {
            var attached = new SocketFilter.Program { Length = (ushort)program.Length, First = first };
            if (setsockopt(_fd, SOL_SOCKET, SO_ATTACH_FILTER, &attached, (uint)sizeof(SocketFilter.Program)) != 0)
                throw Failed("attach a filter to", Protocol);
        }
    }

    /// <summary>Sends the bytes as one datagram: the kernel handles every request in it before this returns.</summary>
    /// <returns>0, or the error number.</returns>
    public int Send(ReadOnlySpan<byte> messages)
    {
        var kernel = new sockaddr_nl { nl_family = AF_NETLINK };
        fixed (byte* data = messages)
        {
            while (sendto(_fd, data, (nuint)messages.Length, 0, &kernel, (uint)sizeof(sockaddr_nl)) < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                    return errno;
            }
        }

        return 0;
    }

    /// <summary>Takes the next datagram of the kernel, without waiting. The data is valid until the next call.</summary>
    public ReceiveStatus Receive(out ReadOnlySpan<byte> data)
    {
        data = default;
        while (true)
        {
            sockaddr_nl sender = default;
            var addressLength = (uint)sizeof(sockaddr_nl);
            var buffer = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, 0);
            var length = recvfrom(_fd, buffer, (nuint)_buffer.Length, MSG_TRUNC | MSG_DONTWAIT, &sender, &addressLength);
            if (length < 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case Errno.EINTR: continue;
                    case Errno.EAGAIN: return ReceiveStatus.Empty;
                    case Errno.ENOBUFS: return ReceiveStatus.Overflow;
                    default: throw Failed("receive from", Protocol);
                }
            }

            // Another process may send to our port; only the kernel is believed.
            if (sender.nl_pid != 0)
                continue;
            if (length > _buffer.Length)
            {
                _buffer = GC.AllocateUninitializedArray<byte>(checked((int)length * 2), pinned: true);
                return ReceiveStatus.Truncated;
            }

            data = _buffer.AsSpan(0, (int)length);
            return ReceiveStatus.Data;
        }
    }

    /// <summary>Waits until there is something to receive, an error to fetch, <see cref="Stop"/> or <see cref="Wake"/>.</summary>
    public WaitStatus Wait(TimeSpan timeout)
    {
        var status = _waiter.Wait(_fd, timeout, out var errno);
        return errno == 0 ? status : throw Failed("wait for", Protocol);
    }

    /// <summary>Ends the current and every later <see cref="Wait"/>; callable from any thread.</summary>
    public void Stop() => _waiter.Stop();

    /// <summary>Ends the current or else the next <see cref="Wait"/>; callable from any thread.</summary>
    public void Wake() => _waiter.Wake();

    public void Dispose()
    {
        _fd.Dispose();
        _waiter.Dispose();
    }

    private void Configure(int receiveBuffer, int sendBuffer)
    {
        // The FORCE forms need CAP_NET_ADMIN; without it the plain ones give what the limits allow.
        if (Set(SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer) != 0)
            Set(SOL_SOCKET, SO_RCVBUF, receiveBuffer);
        if (Set(SOL_SOCKET, SO_SNDBUFFORCE, sendBuffer) != 0)
            Set(SOL_SOCKET, SO_SNDBUF, sendBuffer);
        ReceiveBufferSize = Get(SO_RCVBUF);
        SendBufferSize = Get(SO_SNDBUF);

        // Kernels before 4.12, 4.14 and 4.20 lack these: refusals then come without the kernel's text.
        Set(SOL_NETLINK, NETLINK_EXT_ACK, 1);
        Set(SOL_NETLINK, NETLINK_CAP_ACK, 1);
        Set(SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
    }

    private void Bind()
    {
        var address = new sockaddr_nl { nl_family = AF_NETLINK };
        var length = (uint)sizeof(sockaddr_nl);
        if (bind(_fd, &address, length) != 0 || getsockname(_fd, &address, &length) != 0)
            throw Failed("bind", Protocol);
        PortId = address.nl_pid;
    }

    private int Set(int level, int name, int value) => setsockopt(_fd, level, name, &value, sizeof(int));

    private int Get(int name)
    {
        int value = 0;
        uint length = sizeof(int);
        return getsockopt(_fd, SOL_SOCKET, name, &value, &length) == 0 ? value : throw Failed("read a buffer size of", Protocol);
    }

    private static NetlinkException Failed(string operation, NetlinkProtocol protocol) =>
        new(operation, $"netlink socket ({protocol})", Marshal.GetLastPInvokeError());
}
