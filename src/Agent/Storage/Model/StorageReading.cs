namespace NodeAgent.Storage.Model;

/// <summary>All storage of the node as it was read at one moment.</summary>
public sealed record StorageReading
{
    public required StorageSource Source { get; init; }

    /// <summary>By name. An unchanged map is the same object as in the reading before.</summary>
    public IReadOnlyList<MultipathMap> Maps { get; init; } = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<StorageInitiator> Initiators { get; init; } = [];

    /// <summary>When the newest part of it was read.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>When the event came that made it be read, as of TimeProvider.GetTimestamp; null where no event did.</summary>
    public long? EventTimestamp { get; init; }
}
