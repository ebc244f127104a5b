using System.Buffers;
using System.IO.Compression;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Writes messages, each with its header, straight into a buffer writer. An uncompressed message of known length is not copied.</summary>
/// <param name="limit">Bytes of one message, uncompressed; null: any.</param>
internal sealed class MessageWriter(IBufferWriter<byte> output, int? limit) : SerializationContext, IBufferWriter<byte>
{
    private const int Unknown = -1;

    private PooledBuffer? _scratch;
    private int _length;
    private int _written;
    private bool _direct;
    private bool _complete;

    /// <summary>Set: messages are compressed by gzip, unless asked otherwise for one.</summary>
    public CompressionLevel? Compression { get; set; }

    /// <summary>Whether a message was begun and could not be finished: the stream is of no use any more.</summary>
    public bool IsTorn { get; private set; }

    private bool Compress { get; set; }

    /// <exception cref="RpcException">The message is beyond the limit (RESOURCE_EXHAUSTED).</exception>
    public void Write<T>(T message, Action<T, SerializationContext> serialize, WriteOptions? options)
    {
        (_length, _written, _direct, _complete) = (Unknown, 0, false, false);
        Compress = Compression is not null && ((options?.Flags ?? 0) & WriteFlags.NoCompress) == 0;
        try
        {
            serialize(message, this);
            if (!_complete)
                throw new InvalidOperationException($"The marshaller of {typeof(T).Name} did not complete the message.");
        }
        catch when (_direct && !_complete)
        {
            IsTorn = true;
            throw;
        }
        finally
        {
            _scratch?.Dispose();
        }
    }

    public override void SetPayloadLength(int payloadLength) => _length = Checked(payloadLength);

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (Compress || _length == Unknown)
            return _scratch ??= new PooledBuffer();
        if (!_direct)
            WriteHeader(compressed: false, _length);
        _direct = true;
        return this;
    }

    public override void Complete()
    {
        if (!_direct)
            Send(_scratch is null ? default : _scratch.Written.Span);
        else if (_written != _length)
            throw new InvalidOperationException($"The marshaller announced {_length} bytes and wrote {_written}.");
        _complete = true;
    }

    public override void Complete(byte[] payload)
    {
        Send(payload);
        _complete = true;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        _written += count;
        output.Advance(count);
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => output.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => output.GetSpan(sizeHint);

    private void Send(ReadOnlySpan<byte> message)
    {
        Checked(message.Length);
        if (!Compress)
        {
            WriteHeader(compressed: false, message.Length);
            output.Write(message);
            return;
        }

        using var compressed = Gzip.Compress(message, Compression!.Value);
        WriteHeader(compressed: true, (int)compressed.Length);
        output.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private void WriteHeader(bool compressed, int length)
    {
        MessageFrame.WriteHeader(output.GetSpan(MessageFrame.HeaderLength), compressed, length);
        output.Advance(MessageFrame.HeaderLength);
    }

    private int Checked(int length) => length > limit ? throw WireErrors.TooLargeToSend(length, limit.Value) : length;
}
