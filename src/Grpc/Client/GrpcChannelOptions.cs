namespace Grpc.Net.Client;

/// <summary>How a channel reaches its server and what it lets through.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>The way to the server; null: a <see cref="SocketsHttpHandler"/> of the channel's own.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel disposes <see cref="HttpHandler"/> too.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Bytes of one response message; null: any.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes of one request message; null: any.</summary>
    public int? MaxSendMessageSize { get; set; }

    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
