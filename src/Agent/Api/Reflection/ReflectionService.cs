using Grpc.Core;
using Grpc.Reflection.V1;

namespace NodeAgent.Api.Reflection;

/// <summary>Server reflection, version 1.</summary>
public sealed class ReflectionService(ServedFiles files) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        var session = new ReflectionSession(files);
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            await responseStream.WriteAsync(session.Answer(requestStream.Current), context.CancellationToken).ConfigureAwait(false);
        }
    }
}
