namespace NodeAgent.Config;

/// <summary>How OTLP is spoken.</summary>
public enum OtlpProtocol
{
    /// <summary>"grpc"</summary>
    Grpc,

    /// <summary>"http/protobuf"</summary>
    HttpProtobuf,
}
