namespace NodeAgent.Storage.Multipathd;

/// <summary>A map as multipathd has it.</summary>
internal sealed record MultipathdMap
{
    public required string Name { get; init; }

    public string Wwid { get; init; } = "";

    /// <summary>"dm-3"; empty where it does not say.</summary>
    public string Device { get; init; } = "";

    /// <summary>Vendor and product; null where it says neither.</summary>
    public string? Product { get; init; }

    public bool QueuesIfNoPath { get; init; }

    public bool IsSuspended { get; init; }

    public IReadOnlyList<MultipathdGroup> Groups { get; init; } = [];
}
