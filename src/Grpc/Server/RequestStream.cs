using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>The requests of a streaming call.</summary>
internal sealed class RequestStream<T>(HttpServerCallContext call, MessageReader<T> reader) : IAsyncStreamReader<T>
    where T : class
{
    public T Current => reader.Current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and Current while that gives true.");

    /// <remarks>The end of the call ends the read by itself, without the cost of a registration for each.</remarks>
    public Task<bool> MoveNext(CancellationToken cancellationToken) =>
        reader.ReadAsync(cancellationToken == call.CancellationToken ? CancellationToken.None : cancellationToken);
}
