namespace Grpc.Core;

/// <summary>Messages that go out, one at a time: a write begins when the one before it has ended.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>For the writes from now on; null: defaults.</summary>
    WriteOptions? WriteOptions { get; set; }

    Task WriteAsync(T message);

    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException("This writer has no writes that can be cancelled.")
        : WriteAsync(message);
}
