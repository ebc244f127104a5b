using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Reads messages off a pipe, one at a time. A message that is there already costs nothing but itself.</summary>
/// <param name="limit">Bytes of one message, uncompressed; null: any.</param>
/// <param name="gzip">Whether the peer said that it compresses.</param>
internal sealed class MessageReader<T>(PipeReader pipe, Func<DeserializationContext, T> deserialize, int? limit, bool gzip) : DeserializationContext
    where T : class
{
    private ReadOnlySequence<byte> _payload;

    /// <summary>The message that was read last; null before the first and after the end.</summary>
    public T? Current { get; private set; }

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>Reads the next message into <see cref="Current"/>; false at the end of the stream.</summary>
    /// <exception cref="RpcException">The bytes are not a message, or one beyond the limit.</exception>
    public Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!pipe.TryRead(out var result))
            return ReadMoreAsync(cancellationToken);
        return Take(result) ? Task.FromResult(true)
            : result.IsCompleted ? Task.FromResult(false)
            : ReadMoreAsync(cancellationToken);
    }

    /// <summary>Reads the one message of a stream that has to have one.</summary>
    /// <exception cref="RpcException">There is none, or more than one, or as for <see cref="ReadAsync"/>.</exception>
    public async Task<T> ReadOnlyMessageAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAsync(cancellationToken).ConfigureAwait(false))
            throw WireErrors.NoMessage();
        while (true)
        {
            var rest = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!rest.Buffer.IsEmpty)
                throw WireErrors.MoreThanOne();
            pipe.AdvanceTo(rest.Buffer.End);
            if (rest.IsCompleted)
                return Current!;
        }
    }

    private async Task<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (Take(result))
                return true;
            if (result.IsCompleted)
                return false;
            if (result.IsCanceled)
                throw new OperationCanceledException();
        }
    }

    /// <summary>Takes a message out of what has been read, if it is there in full.</summary>
    private bool Take(in ReadResult result)
    {
        var buffer = result.Buffer;
        Current = null;
        if (!MessageFrame.TryRead(ref buffer, limit, out var frame))
        {
            if (result.IsCompleted && !buffer.IsEmpty)
                throw WireErrors.Truncated(buffer.Length);
            pipe.AdvanceTo(buffer.Start, buffer.End);
            return false;
        }

        Current = frame.IsCompressed ? Inflate(frame.Payload) : Deserialize(frame.Payload);
        pipe.AdvanceTo(buffer.Start);
        return true;
    }

    private T Inflate(in ReadOnlySequence<byte> compressed)
    {
        if (!gzip)
            throw WireErrors.CompressedWithoutEncoding();
        using var message = new PooledBuffer();
        Gzip.Decompress(compressed, limit, message);
        return Deserialize(new ReadOnlySequence<byte>(message.Written));
    }

    private T Deserialize(in ReadOnlySequence<byte> payload)
    {
        _payload = payload;
        try
        {
            return deserialize(this);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw WireErrors.Unreadable(typeof(T).Name, e);
        }
        finally
        {
            _payload = default;
        }
    }
}
