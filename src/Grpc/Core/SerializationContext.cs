using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts a message: as one array, or after <see cref="SetPayloadLength"/> into the buffer writer.</summary>
public abstract class SerializationContext
{
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Bytes that will be written; has to come before <see cref="GetBufferWriter"/>.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotImplementedException();

    public virtual void Complete() => throw new NotImplementedException();
}
