using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using NodeAgent.Migration.Libvirt.Wire;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>
/// What was received, cut into packets. Its one user writes and reads on one thread, so the pipe is a buffer only: memory is taken as
/// bytes come, not as many as are claimed, and given back once read.
/// </summary>
internal sealed class PacketBuffer : IDisposable
{
    private const int SmallRead = 4096;
    private const int LargeRead = 64 << 10;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private byte[]? _joined;
    private int _missing;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free() => _pipe.Writer.GetMemory(Math.Clamp(_missing, SmallRead, LargeRead));

    /// <summary>So many were put there; hands on every packet that is whole now.</summary>
    /// <exception cref="LibvirtWireException">What came cannot be the beginning of a packet.</exception>
    public void Received(int bytes, IPacketReader reader)
    {
        _pipe.Writer.Advance(bytes);

        // Nothing pauses this writer, so it is done at once; and what was written can be read from now on.
        _ = _pipe.Writer.FlushAsync();
        if (!_pipe.Reader.TryRead(out var result)) return;
        var rest = result.Buffer;
        while (TryCut(ref rest, out var packet)) HandOn(packet, reader);
        _pipe.Reader.AdvanceTo(rest.Start, rest.End);
    }

    public void Dispose()
    {
        _pipe.Writer.Complete();
        _pipe.Reader.Complete();
        if (_joined is not null) ArrayPool<byte>.Shared.Return(_joined);
        _joined = null;
    }

    private bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> packet)
    {
        packet = default;
        _missing = 0;
        if (rest.Length < 4) return false;
        Span<byte> claimed = stackalloc byte[4];
        rest.Slice(0, 4).CopyTo(claimed);
        var length = PacketHeader.LengthOf(BinaryPrimitives.ReadUInt32BigEndian(claimed));
        _missing = (int)(length - rest.Length);
        if (_missing > 0) return false;
        packet = rest.Slice(4, length - 4);
        rest = rest.Slice(length);
        return true;
    }

    private void HandOn(in ReadOnlySequence<byte> packet, IPacketReader reader)
    {
        if (packet.IsSingleSegment)
        {
            reader.Take(packet.FirstSpan);
            return;
        }

        var length = (int)packet.Length;
        if (_joined is null || _joined.Length < length)
        {
            if (_joined is not null) ArrayPool<byte>.Shared.Return(_joined);
            _joined = ArrayPool<byte>.Shared.Rent(length);
        }

        packet.CopyTo(_joined);
        reader.Take(_joined.AsSpan(0, length));
        if (_joined.Length <= LargeRead) return;
        ArrayPool<byte>.Shared.Return(_joined);
        _joined = null;
    }
}
