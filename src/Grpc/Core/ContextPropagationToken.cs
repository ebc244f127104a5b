namespace Grpc.Core;

/// <summary>Part of the signature of <see cref="ServerCallContext"/>; nothing here hands one out.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
