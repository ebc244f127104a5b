namespace NodeAgent.Native.DeviceMapper;

/// <summary>The state of one device and of the first target of its live table. Points into the reader's buffer: valid until its next call.</summary>
public readonly ref struct DmStatus
{
    public ReadOnlySpan<byte> Name { get; init; }

    public ReadOnlySpan<byte> Uuid { get; init; }

    public bool IsSuspended { get; init; }

    public bool IsReadOnly { get; init; }

    public uint EventNumber { get; init; }

    /// <summary>How many have it open: mounts, devices on top, programs.</summary>
    public int OpenCount { get; init; }

    /// <summary>Targets of the live table; 0 where it has none yet.</summary>
    public uint Targets { get; init; }

    /// <summary>Length of the first target, in sectors of 512 bytes.</summary>
    public ulong Sectors { get; init; }

    /// <summary>The first target's type: "multipath".</summary>
    public ReadOnlySpan<byte> Type { get; init; }

    /// <summary>What the first target says, as text.</summary>
    public ReadOnlySpan<byte> Text { get; init; }
}
