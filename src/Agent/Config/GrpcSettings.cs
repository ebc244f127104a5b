namespace NodeAgent.Config;

/// <summary>grpc: where the node API is served and to whom.</summary>
public sealed record GrpcSettings
{
    public SocketSettings Socket { get; init; } = new();

    /// <summary>grpc.tcp; null: not served over TCP.</summary>
    public TcpSettings? Tcp { get; init; }

    public GrpcLimits Limits { get; init; } = new();
}
