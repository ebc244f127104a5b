namespace NodeAgent.Migration.Store;

/// <summary>What brings a reader to a version of the store. The reader's own, and used again and again: filling it allocates only where it grows.</summary>
public sealed class MigrationDelta
{
    /// <summary>The version it brings to.</summary>
    public long Version { get; internal set; }

    /// <summary>Everything there is: forget what was known before. So also where events since the reader's version are no longer kept one by one.</summary>
    public bool Full { get; internal set; }

    /// <summary>How many publications it stands for.</summary>
    public int Publications { get; internal set; }

    public List<MigrationStatus> Changed { get; } = [];

    /// <summary>In order, none left out; with <see cref="Full"/> those of all migrations told of.</summary>
    public List<MigrationEvent> Events { get; } = [];

    /// <summary>Ids no longer told of.</summary>
    public List<string> Removed { get; } = [];
}
