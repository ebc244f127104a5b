namespace NodeAgent.Storage.Model;

/// <summary>Paths of one priority, used together.</summary>
/// <param name="Number">In the map's table, from 1; 0 for <see cref="Missing"/>.</param>
/// <param name="State">Device-mapper's word: "active", "enabled" or "disabled"; or <see cref="Missing"/>.</param>
/// <param name="Priority">As multipathd computes it; null where it does not say.</param>
/// <param name="Paths">In the order of the table.</param>
public sealed record PathGroup(int Number, string State, int? Priority, IReadOnlyList<StoragePath> Paths)
{
    /// <summary>No group: paths of the volume that multipathd knows of, and that device-mapper's table does not have.</summary>
    public const string Missing = "missing";
}
