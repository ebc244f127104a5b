using Grpc.Core;

namespace NodeAgent.Bench.Rpc;

/// <summary>The service under load: it does nothing that a server of gRPC could be measured by but itself.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    public override Task<SayResponse> Say(SayRequest request, ServerCallContext context) => Task.FromResult(new SayResponse { Payload = request.Payload });

    public override async Task Repeat(RepeatRequest request, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        var response = new SayResponse { Payload = request.Payload };
        for (var i = 0; i < request.Count; i++) await responseStream.WriteAsync(response).ConfigureAwait(false);
    }

    public override Task<UsageResponse> Usage(UsageRequest request, ServerCallContext context) =>
        Task.FromResult(new UsageResponse { Allocated = GC.GetTotalAllocatedBytes(precise: true) });
}
