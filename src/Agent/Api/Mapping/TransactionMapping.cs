using Google.Protobuf.WellKnownTypes;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;

namespace NodeAgent.Api.Mapping;

/// <summary>Transactions of the journal.</summary>
internal static class TransactionMapping
{
    public static V1.TransactionSummary ToWire(TransactionSummary transaction)
    {
        var wire = new V1.TransactionSummary
        {
            Id = transaction.Id,
            Kind = transaction.Kind,
            Started = transaction.Started.ToTimestamp(),
            State = ToWire(transaction.State),
            Outcome = transaction.Outcome,
        };
        if (transaction.Policy is { } policy) wire.Policy = policy;
        return wire;
    }

    private static V1.TransactionState ToWire(TransactionState state) => state switch
    {
        TransactionState.Open => V1.TransactionState.Open,
        TransactionState.Committed or TransactionState.Closed => V1.TransactionState.Committed,
        TransactionState.RolledBack => V1.TransactionState.RolledBack,
        _ => V1.TransactionState.Stuck,
    };
}
