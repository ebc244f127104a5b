namespace NodeAgent.Config;

/// <summary>grpc.limits: what clients may cost the agent. A limit reached is an error for the client that reached it and nobody else.</summary>
public sealed record GrpcLimits
{
    /// <summary>grpc.limits.messageBytes: longest message taken, once decompressed.</summary>
    public int MessageBytes { get; init; } = 4 << 20;

    /// <summary>grpc.limits.connections: open at once, on the socket and on TCP each.</summary>
    public int Connections { get; init; } = 1000;

    /// <summary>grpc.limits.streams: calls at once within a connection (HTTP/2 MAX_CONCURRENT_STREAMS).</summary>
    public int Streams { get; init; } = 1000;

    /// <summary>grpc.limits.keepAlive: a connection silent this long is asked whether it lives (HTTP/2 PING).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>grpc.limits.keepAliveTimeout: and is closed if no answer comes in this time.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
