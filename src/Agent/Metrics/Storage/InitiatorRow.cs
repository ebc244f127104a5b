using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;

namespace NodeAgent.Metrics.Storage;

/// <summary>An adapter or session with the labels of its series and of its far ends'.</summary>
internal sealed class InitiatorRow
{
    public InitiatorRow(StorageInitiator initiator)
    {
        Initiator = initiator;
        Labels = new LabelSet(("initiator", initiator.Name));
        Info = new LabelSet(
            ("initiator", initiator.Name), ("transport", TransportWords.Of(initiator.Transport)), ("state", initiator.State ?? ""), ("speed", initiator.Speed ?? ""), ("fabric", initiator.Fabric ?? ""), ("local_name", initiator.LocalName ?? ""));
        Up = InitiatorWords.IsUp(initiator.State);
        Counters = [.. initiator.Counters.OrderBy(static c => c.Key, StringComparer.Ordinal).Select(c => (new LabelSet(("initiator", initiator.Name), ("counter", c.Key)), c.Value))];
        Remotes = [.. initiator.Remotes.DistinctBy(static r => r.Name).Select(r => new RemoteRow(initiator.Name, r))];
    }

    public StorageInitiator Initiator { get; }

    public LabelSet Labels { get; }

    public LabelSet Info { get; }

    /// <summary>Null where its state is not known.</summary>
    public bool? Up { get; }

    public (LabelSet Labels, ulong Value)[] Counters { get; }

    public RemoteRow[] Remotes { get; }
}
