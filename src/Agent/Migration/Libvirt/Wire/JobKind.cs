namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>virDomainJobType: how a job of libvirt's stands.</summary>
public enum JobKind
{
    None = 0,

    Bounded = 1,

    Unbounded = 2,

    Completed = 3,

    Failed = 4,

    Cancelled = 5,
}
