namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Numbers of procedures and events: REMOTE_PROC_… of src/remote/remote_protocol.x, to which later releases only add.</summary>
public static class Procedures
{
    public const int ConnectOpen = 1;
    public const int ConnectClose = 2;
    public const int ConnectGetType = 3;
    public const int DomainLookupByName = 23;
    public const int DomainLookupByUuid = 24;
    public const int ConnectSupportsFeature = 60;
    public const int AuthList = 66;
    public const int AuthPolkit = 70;
    public const int DomainGetJobStats = 298;
    public const int DomainEventRegisterAny = 316;
    public const int DomainEventLifecycle = 318;
    public const int ConnectGetAllDomainStats = 344;
    public const int DomainEventMigrationIteration = 359;
    public const int DomainEventJobCompleted = 363;
    public const int DomainMigrateGetMaxDowntime = 387;
    public const int DomainStartDirtyRateCalc = 427;

    /// <summary>Of the program keepalive.</summary>
    public const int KeepalivePing = 1;

    public const int KeepalivePong = 2;
}
