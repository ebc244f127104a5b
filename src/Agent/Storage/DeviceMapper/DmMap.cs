using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>A multipath map as device-mapper has it.</summary>
public sealed record DmMap
{
    public required string Name { get; init; }

    /// <summary>"mpath-" and the WWID; empty for a map that somebody made without one.</summary>
    public required string Uuid { get; init; }

    public required DeviceNumber Number { get; init; }

    /// <summary>Of 512 bytes.</summary>
    public ulong Sectors { get; init; }

    public bool IsSuspended { get; init; }

    public bool QueuesIfNoPath { get; init; }

    /// <summary>Hardware handler: "alua"; empty where there is none.</summary>
    public string HardwareHandler { get; init; } = "";

    public IReadOnlyList<DmGroup> Groups { get; init; } = [];

    /// <summary>Why it could not be read, or not in full.</summary>
    public string? Error { get; init; }

    public string Wwid => Uuid.StartsWith(UuidPrefix, StringComparison.Ordinal) ? Uuid[UuidPrefix.Length..] : Uuid;

    /// <summary>What multipath-tools begins the UUID of its maps with.</summary>
    public const string UuidPrefix = "mpath-";
}
