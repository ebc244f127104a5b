using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NodeAgent.Native.Netlink;

/// <summary>One message of the kernel's process events connector: struct nlmsghdr, struct cn_msg, struct proc_event (linux/connector.h, linux/cn_proc.h).</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Thread">To which thread, in the initial PID namespace.</param>
/// <param name="Process">Of which process.</param>
/// <param name="Answer">Of an answer: one more than the number that the request had in this place. The sequence number is not kept.</param>
/// <param name="Errno">Of an answer: 0, or why not.</param>
public readonly record struct ProcessEvent(ProcessEventKind Kind, int Thread, int Process, uint Answer, int Errno)
{
    internal const int ConnectorOffset = 16;
    internal const int EventOffset = ConnectorOffset + 20;
    internal const int DataOffset = EventOffset + 16;

    /// <summary>CN_IDX_PROC and CN_VAL_PROC</summary>
    internal const uint Index = 1;

    /// <summary>False for what is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out ProcessEvent parsed)
    {
        parsed = default;
        if (datagram.Length < DataOffset + 2 * sizeof(uint)) return false;
        if (UInt32(datagram, ConnectorOffset) != Index || UInt32(datagram, ConnectorOffset + 4) != Index) return false;
        var kind = (ProcessEventKind)UInt32(datagram, EventOffset);
        var first = UInt32(datagram, DataOffset);
        parsed = kind == ProcessEventKind.None
            ? new ProcessEvent(kind, 0, 0, UInt32(datagram, ConnectorOffset + 12), (int)first)
            : new ProcessEvent(kind, (int)first, (int)UInt32(datagram, DataOffset + 4), 0, 0);
        return true;
    }

    // The kernel writes in its own order.
    private static uint UInt32(ReadOnlySpan<byte> datagram, int offset) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(datagram[offset..]) : MemoryMarshal.Read<uint>(datagram[offset..]);
}
