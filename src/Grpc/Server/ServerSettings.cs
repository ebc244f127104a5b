using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>What all methods of a server share.</summary>
internal sealed class ServerSettings(GrpcServiceOptions options, TimeProvider time, ILogger logger)
{
    public GrpcServiceOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public ILogger Logger { get; } = logger;

    /// <summary>Whether methods that nobody serves have their endpoint.</summary>
    public bool AnswersUnknownMethods { get; set; }
}
