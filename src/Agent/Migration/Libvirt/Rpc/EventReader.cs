using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>Events of libvirt's, from their packets; those that nobody asked for are passed over.</summary>
internal static class EventReader
{
    public static void Read(int procedure, ref XdrReader reader, ILibvirtListener listener)
    {
        if (procedure is not (Procedures.DomainEventLifecycle or Procedures.DomainEventMigrationIteration or Procedures.DomainEventJobCompleted)) return;

        // Which registration it belongs to.
        reader.ReadInt32();
        var domain = RemoteDomain.ReadUuidOnly(ref reader);
        if (procedure == Procedures.DomainEventLifecycle) listener.Happened(domain, new Lifecycle(reader.ReadInt32(), reader.ReadInt32()));
        else if (procedure == Procedures.DomainEventMigrationIteration) listener.Iterated(domain, reader.ReadInt32());
        else listener.Completed(domain, JobStatistics.ReadCompleted(ref reader, SourceClock.Now));
    }
}
