using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>Why a connection is of no more use.</summary>
/// <param name="Fault">What kind of reason.</param>
/// <param name="Reason">A sentence for an operator.</param>
internal sealed record Loss(GuestSourceFault Fault, string Reason)
{
    public GuestSourceException ToException() => new(Fault, Reason);
}
