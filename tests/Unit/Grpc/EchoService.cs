using Grpc.Core;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Echoes, unless a test puts something else in place of it.</summary>
public sealed class EchoService : Echo.EchoBase
{
    public Func<EchoRequest, ServerCallContext, Task<EchoResponse>> OnUnary { get; set; } =
        (request, _) => Task.FromResult(Answer(request));

    public Func<EchoRequest, IServerStreamWriter<EchoResponse>, ServerCallContext, Task> OnServerStream { get; set; } =
        async (request, responses, _) =>
        {
            for (var i = 0; i < request.Count; i++)
                await responses.WriteAsync(new EchoResponse { Text = request.Text, Number = i });
        };

    public Func<IAsyncStreamReader<EchoRequest>, ServerCallContext, Task<EchoResponse>> OnClientStream { get; set; } =
        async (requests, context) =>
        {
            var answer = new EchoResponse();
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                answer.Text += request.Text;
                answer.Number++;
            }

            return answer;
        };

    public Func<IAsyncStreamReader<EchoRequest>, IServerStreamWriter<EchoResponse>, ServerCallContext, Task> OnDuplex { get; set; } =
        async (requests, responses, context) =>
        {
            while (await requests.MoveNext(context.CancellationToken))
                await responses.WriteAsync(Answer(requests.Current));
        };

    public static EchoResponse Answer(EchoRequest request) => new() { Text = request.Text, Payload = request.Payload };

    public override Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context) => OnUnary(request, context);

    public override Task ServerStream(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
        OnServerStream(request, responseStream, context);

    public override Task<EchoResponse> ClientStream(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context) =>
        OnClientStream(requestStream, context);

    public override Task Duplex(IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
        OnDuplex(requestStream, responseStream, context);
}
