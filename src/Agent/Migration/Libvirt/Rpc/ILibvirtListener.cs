using NodeAgent.Migration.Libvirt.Wire;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>Is told the events of a connection, on the thread that receives: must return at once.</summary>
internal interface ILibvirtListener
{
    void Happened(UInt128 domain, Lifecycle lifecycle);

    /// <summary>A pass begins.</summary>
    void Iterated(UInt128 domain, int iteration);

    void Completed(UInt128 domain, in JobStatistics job);
}
