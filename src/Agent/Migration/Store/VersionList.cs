namespace NodeAgent.Migration.Store;

/// <summary>Migrations in the order of their last change: what changed after a version is found at the front. Not safe for threads; the owner locks.</summary>
internal sealed class VersionList
{
    private MigrationEntry? _newest;

    /// <summary>Puts an entry that changed, or is new, in front.</summary>
    public void Touch(MigrationEntry entry)
    {
        if (_newest == entry) return;
        Remove(entry);
        (entry.Older, entry.Newer) = (_newest, null);
        _newest?.Newer = entry;
        _newest = entry;
    }

    public void Remove(MigrationEntry entry)
    {
        if (_newest == entry) _newest = entry.Older;
        entry.Newer?.Older = entry.Older;
        entry.Older?.Newer = entry.Newer;
        (entry.Older, entry.Newer) = (null, null);
    }

    public void CopyAfter(long version, List<MigrationStatus> into)
    {
        for (var entry = _newest; entry is not null && entry.Status.Version > version; entry = entry.Older) into.Add(entry.Status);
    }
}
