using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sources;

/// <summary>Opens sources of one kind.</summary>
public interface IGuestSourceFactory
{
    /// <summary>
    /// Connects to what runs the guest. Null: this kind cannot read this guest, and <paramref name="observer"/> was told nothing. The source
    /// connects again by itself after a loss, and tells of it; it ends with its disposal.
    /// </summary>
    /// <exception cref="GuestSourceException">It could read the guest, but does not at present: try again later; not where the fault is Unsupported, which will not change.</exception>
    ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation);
}
