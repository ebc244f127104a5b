namespace Grpc.Core;

[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait for the next one before it goes out.</summary>
    BufferHint = 1,

    /// <summary>This message goes out uncompressed.</summary>
    NoCompress = 2,
}
