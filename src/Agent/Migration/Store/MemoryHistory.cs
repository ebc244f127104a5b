namespace NodeAgent.Migration.Store;

/// <summary>The newest records, for as long as the process lives.</summary>
/// <param name="capacity">At most so many.</param>
public sealed class MemoryHistory(int capacity = 100) : IMigrationHistory, IMigrationObserver
{
    private readonly Lock _lock = new();
    private readonly List<MigrationRecord> _records = [];

    public IReadOnlyList<MigrationRecord> Newest(string? uuid, int limit)
    {
        lock (_lock) return [.. _records.Where(r => uuid is null || r.Uuid == uuid).Reverse().Take(limit)];
    }

    void IMigrationObserver.Happened(in MigrationEvent happened, in MigrationStatus status)
    {
    }

    void IMigrationObserver.Ended(MigrationRecord record)
    {
        lock (_lock)
        {
            if (_records.Count == capacity) _records.RemoveAt(0);
            _records.Add(record);
        }
    }
}
