namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>An event of a domain's life, as far as migrations are concerned: virDomainEventType and the detail that goes with it.</summary>
/// <param name="Event">virDomainEventType.</param>
/// <param name="Detail">Of it.</param>
public readonly record struct Lifecycle(int Event, int Detail)
{
    public static readonly Lifecycle StartedMigrated = new(2, 1);
    public static readonly Lifecycle SuspendedMigrated = new(3, 1);
    public static readonly Lifecycle SuspendedPostcopy = new(3, 7);
    public static readonly Lifecycle SuspendedPostcopyFailed = new(3, 8);
    public static readonly Lifecycle ResumedMigrated = new(4, 1);
    public static readonly Lifecycle ResumedPostcopy = new(4, 3);
    public static readonly Lifecycle ResumedPostcopyFailed = new(4, 4);
    public static readonly Lifecycle StoppedFailed = new(5, 5);

    public bool IsStop => Event == 5;

    /// <summary>VIR_DOMAIN_EVENT_CRASHED</summary>
    public bool IsCrash => Event == 8;
}
