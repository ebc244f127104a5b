namespace Grpc.Core;

/// <summary>What generated clients are made of.</summary>
public abstract class ClientBase
{
    private readonly CallInvoker? _callInvoker;

    protected ClientBase()
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _callInvoker = configuration.CallInvoker;
    }

    public ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    public ClientBase(CallInvoker callInvoker) => _callInvoker = callInvoker ?? throw new ArgumentNullException(nameof(callInvoker));

    /// <summary>Absent in a test double, which overrides the calls.</summary>
    protected CallInvoker CallInvoker => _callInvoker ?? throw new NotImplementedException("This client was made without a channel: only what it overrides can be called.");

    /// <summary>Handed from a client to a copy of it.</summary>
    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker callInvoker) => CallInvoker = callInvoker;

        internal CallInvoker CallInvoker { get; }
    }
}
