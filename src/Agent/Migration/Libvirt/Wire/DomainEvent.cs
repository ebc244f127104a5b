namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Events to be told of: virDomainEventID.</summary>
public enum DomainEvent
{
    Lifecycle = 0,

    MigrationIteration = 20,

    JobCompleted = 21,
}
