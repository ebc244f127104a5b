using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;

namespace NodeAgent.Metrics.Storage;

/// <summary>A far end with the labels of its series.</summary>
internal sealed class RemoteRow(string initiator, RemotePort remote)
{
    public LabelSet Labels { get; } = new(("initiator", initiator), ("remote", remote.Name));

    public LabelSet Info { get; } = new(("initiator", initiator), ("remote", remote.Name), ("address", remote.Address ?? ""), ("state", remote.State ?? ""));

    /// <summary>Null where its state is not known.</summary>
    public bool? Up { get; } = InitiatorWords.IsUp(remote.State);
}
