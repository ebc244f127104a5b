using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>What the server lets through and how it answers.</summary>
public class GrpcServiceOptions
{
    /// <summary>Bytes of one request message, uncompressed; null: any.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes of one response message, uncompressed; null: any.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Whether the message of a service's exception goes to the client.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary><c>gzip</c>: responses are compressed for clients that take it; null: never.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    public CompressionLevel? ResponseCompressionLevel { get; set; }
}
