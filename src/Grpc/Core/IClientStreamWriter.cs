namespace Grpc.Core;

/// <summary>The requests of a streaming call, on the client.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no more requests come; responses still can.</summary>
    Task CompleteAsync();
}
