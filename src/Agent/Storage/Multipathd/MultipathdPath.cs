using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Multipathd;

/// <summary>A path as multipathd has it. What it does not say, or calls "[undef]", is null.</summary>
internal sealed record MultipathdPath
{
    public required string Device { get; init; }

    public DeviceNumber? Number { get; init; }

    /// <summary>What it last saw of device-mapper's state: true for "active", false for "failed".</summary>
    public bool? DmActive { get; init; }

    public string? DeviceState { get; init; }

    public string? CheckerState { get; init; }

    public int? Priority { get; init; }

    /// <summary>FC: of the adapter.</summary>
    public string? HostWwpn { get; init; }

    /// <summary>FC: of the array's port.</summary>
    public string? TargetWwpn { get; init; }
}
