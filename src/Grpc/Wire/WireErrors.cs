using Grpc.Core;

namespace Grpc.Wire;

/// <summary>What is wrong with bytes that came in, or would go out, as the status of the call.</summary>
internal static class WireErrors
{
    public static RpcException Flag(byte flag) => Internal($"The first byte of a message is {flag}; expected 0 (uncompressed) or 1 (compressed).");

    public static RpcException TooLarge(long length, long limit) =>
        new(new Status(StatusCode.ResourceExhausted, $"A message of {length} bytes came in; the limit is {limit} bytes (MaxReceiveMessageSize)."));

    public static RpcException Inflated(long limit) =>
        new(new Status(StatusCode.ResourceExhausted, $"A compressed message came in that has more than {limit} bytes uncompressed; the limit is {limit} bytes (MaxReceiveMessageSize)."));

    public static RpcException TooLargeToSend(long length, long limit) =>
        new(new Status(StatusCode.ResourceExhausted, $"A message of {length} bytes was to be sent; the limit is {limit} bytes (MaxSendMessageSize)."));

    public static RpcException CompressedWithoutEncoding() =>
        Internal("A message is marked as compressed, but the header grpc-encoding names no compression.");

    public static RpcException NotGzip(Exception cause) => Internal("A message is marked as compressed by gzip, but it is not: " + cause.Message, cause);

    public static RpcException Unreadable(string type, Exception cause) => Internal($"A message could not be read as {type}: {cause.Message}", cause);

    public static RpcException Truncated(long have) => Internal($"The stream ended inside a message, {have} bytes after its start.");

    public static RpcException NoMessage() => Internal("The stream ended without a message; expected one.");

    public static RpcException MoreThanOne() => Internal("There are bytes after the message; expected one message and the end of the stream.");

    private static RpcException Internal(string detail, Exception? cause = null) => new(new Status(StatusCode.Internal, detail, cause));
}
