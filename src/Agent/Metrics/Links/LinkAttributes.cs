namespace NodeAgent.Metrics.Links;

/// <summary>What only sysfs tells of a link. Null where there is no such file, the driver has no answer, or it has not been read yet.</summary>
internal sealed record LinkAttributes
{
    /// <summary>Bytes per second.</summary>
    public long? Speed { get; init; }

    /// <summary>"full", "half" or "unknown".</summary>
    public string? Duplex { get; init; }

    public long? AddressAssignType { get; init; }

    public long? NameAssignType { get; init; }

    public long? DeviceId { get; init; }
}
