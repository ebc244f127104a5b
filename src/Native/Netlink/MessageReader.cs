using System.Runtime.InteropServices;

namespace NodeAgent.Native.Netlink;

/// <summary>Walks the messages of one received datagram.</summary>
public ref struct MessageReader
{
    private readonly ReadOnlySpan<byte> _datagram;
    private int _next;

    public MessageReader(ReadOnlySpan<byte> datagram) => _datagram = datagram;

    public MessageHeader Header { get; private set; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    public bool Next()
    {
        var at = _next;
        var left = _datagram.Length - at;
        if (left == 0)
            return false;
        if (left < MessageHeader.Size)
            throw NetlinkException.Malformed(at, $"{left} bytes are left where a message header of {MessageHeader.Size} was expected");

        Header = MemoryMarshal.Read<MessageHeader>(_datagram[at..]);
        var length = Header.Length;
        if (length < MessageHeader.Size || length > (uint)left)
            throw NetlinkException.Malformed(at, $"a message says it is {length} bytes long, where {MessageHeader.Size} to {left} are possible");

        Payload = _datagram.Slice(at + MessageHeader.Size, (int)length - MessageHeader.Size);
        _next = Math.Min(at + (((int)length + 3) & ~3), _datagram.Length);
        return true;
    }
}
