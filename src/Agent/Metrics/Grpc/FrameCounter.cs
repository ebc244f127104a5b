using System.Buffers;
using System.Buffers.Binary;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Grpc;

/// <summary>Counts the messages in a stream of bytes: each is a flag, its length in 4 bytes, and that many bytes.</summary>
internal struct FrameCounter(Counter messages)
{
    private const int HeaderLength = 5;

    private uint _length;
    private int _header;
    private long _body;

    public void Count(in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes) Count(segment.Span);
    }

    public void Count(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_body > 0)
            {
                var skipped = (int)Math.Min(_body, bytes.Length);
                _body -= skipped;
                bytes = bytes[skipped..];
            }
            else if (_header == 0 && bytes.Length >= HeaderLength)
            {
                Begin(BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]));
                bytes = bytes[HeaderLength..];
            }
            else
            {
                // A header in pieces.
                if (_header > 0) _length = _length << 8 | bytes[0];
                if (++_header == HeaderLength) Begin(_length);
                bytes = bytes[1..];
            }
        }
    }

    private void Begin(uint length)
    {
        (_body, _header, _length) = (length, 0, 0);
        messages.Increment();
    }
}
