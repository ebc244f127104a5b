using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>A call whose end nobody waits for.</summary>
internal sealed class UnheardCall : Call
{
    internal override void Answer(bool failed, ref XdrReader reader)
    {
    }

    internal override void Fail(GuestSourceException why)
    {
    }
}
