using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace NodeAgent.Api.Reflection;

/// <summary>Server reflection before version 1: the same bytes under another name.</summary>
public sealed class ReflectionAlphaService(ServedFiles files) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        var session = new ReflectionSession(files);
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            var answer = session.Answer(Grpc.Reflection.V1.ServerReflectionRequest.Parser.ParseFrom(requestStream.Current.ToByteString()));
            await responseStream.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()), context.CancellationToken).ConfigureAwait(false);
        }
    }
}
