using System.Runtime.InteropServices;

namespace NodeAgent.Native.Rtnl;

/// <summary>struct rtnl_link_stats64: counters since the link was created. Fields a kernel does not have yet are 0.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct LinkStatistics
{
    /// <summary>Bytes of the oldest form (Linux 2.6.35): everything up to <see cref="TxCompressed"/>.</summary>
    internal const int MinimumLength = 23 * 8;

    public ulong RxPackets;
    public ulong TxPackets;
    public ulong RxBytes;
    public ulong TxBytes;
    public ulong RxErrors;
    public ulong TxErrors;
    public ulong RxDropped;
    public ulong TxDropped;
    public ulong Multicast;
    public ulong Collisions;
    public ulong RxLengthErrors;
    public ulong RxOverErrors;
    public ulong RxCrcErrors;
    public ulong RxFrameErrors;
    public ulong RxFifoErrors;
    public ulong RxMissedErrors;
    public ulong TxAbortedErrors;
    public ulong TxCarrierErrors;
    public ulong TxFifoErrors;
    public ulong TxHeartbeatErrors;
    public ulong TxWindowErrors;
    public ulong RxCompressed;
    public ulong TxCompressed;

    /// <summary>Linux 4.6</summary>
    public ulong RxNoHandler;

    /// <summary>Linux 5.18</summary>
    public ulong RxOtherHostDropped;

    internal static void Read(ReadOnlySpan<byte> value, out LinkStatistics statistics)
    {
        statistics = default;
        var target = MemoryMarshal.AsBytes(new Span<LinkStatistics>(ref statistics));
        value[..Math.Min(value.Length, target.Length)].CopyTo(target);
    }
}
