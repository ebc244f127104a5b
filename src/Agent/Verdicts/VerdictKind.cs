namespace NodeAgent.Verdicts;

/// <summary>What verdicts are about: the words of the API, of JSON and of metrics.</summary>
public static class VerdictKind
{
    /// <summary>A multipath map, by name.</summary>
    public const string Storage = "storage";

    /// <summary>A bond, by name.</summary>
    public const string Bond = "bond";

    /// <summary>A bridge's uplink, by its name.</summary>
    public const string Uplink = "uplink";

    /// <summary>A MAC address.</summary>
    public const string Mac = "mac";

    /// <summary>KVM; the object is "kvm".</summary>
    public const string Kvm = "kvm";

    /// <summary>A migration that does not converge or failed, by its guest's namespace and name, or its domain.</summary>
    public const string Migration = "migration";

    /// <summary>The record of migrations on the disk; the object is "migration-history", and is there only while it cannot be written.</summary>
    public const string MigrationHistory = "migration-history";

    public static readonly IReadOnlyList<string> All = [Storage, Bond, Uplink, Mac, Kvm, Migration, MigrationHistory];
}
