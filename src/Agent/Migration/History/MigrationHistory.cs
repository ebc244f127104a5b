using Microsoft.Extensions.Logging;
using NodeAgent.Files;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>
/// Migrations that ended, in STATE/migrations.log, and those under way, in STATE/migrations.open: both grow by lines, so that what is written
/// is what happened, and a crash costs no more than a line that nobody was told of. A thread of its own writes; no disk holds up whoever
/// tells of a migration or asks for those that ended.
/// </summary>
public sealed class MigrationHistory : IMigrationObserver, IMigrationHistory, IOpenMigrations, IDisposable
{
    /// <summary>Bytes of records that are kept, however few records that is.</summary>
    public const long KeptBytes = 16 << 20;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly RecordFile _records;
    private readonly OpenFile _open;
    private readonly DeferredWriter? _writer;
    private readonly ILogger _log;
    private readonly Lock _telling = new();
    private Action<string?>? _told;
    private string? _failure;
    private bool _saidTooMany;

    /// <summary>Reads what there is.</summary>
    /// <param name="paths">The files are in its state folder.</param>
    /// <param name="kept">Records that are kept.</param>
    /// <param name="log">Is told what goes wrong.</param>
    public MigrationHistory(HostPaths paths, int kept, ILogger log)
        : this(new HistoryFolder(paths.State), kept, KeptBytes, new HostFacts(paths).BootId ?? "", log)
    {
    }

    // Without a thread: for tests, which write themselves.
    internal MigrationHistory(HistoryFolder folder, int kept, long keptBytes, string boot, ILogger log, bool threaded = true)
    {
        _log = log;
        _records = new RecordFile(folder, kept, keptBytes, log);
        _open = new OpenFile(folder, boot, _records.Contains, log);
        _writer = threaded ? new DeferredWriter("migration history", Write, s_pause, Tell) : null;
        _writer?.Set();
    }

    /// <summary>Migrations that ended and are not on the disk yet.</summary>
    public int Unwritten => _records.Unwritten;

    /// <summary>Why nothing can be written at present; null: it can.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Tells somebody <see cref="Failure"/>, now and whenever it is another; must return at once.</summary>
    public void Follow(Action<string?> told)
    {
        lock (_telling)
        {
            _told = told;
            told(_failure);
        }
    }

    public IReadOnlyList<MigrationRecord> Newest(string? uuid, int limit) => _records.Newest(uuid, limit);

    public OpenMigration? TryResume(GuestProcess process, string uuid, MigrationDirection direction) => _open.TryResume(process, uuid, direction);

    public IReadOnlyList<MigrationRecord> EndedUnseen(IReadOnlySet<GuestProcess> present) => _open.Gone(present);

    public void Happened(in MigrationEvent happened, in MigrationStatus status)
    {
        // What it ended as comes with its record.
        if (happened.Kind == MigrationEventKind.Ended || status.Ended is not null) return;
        if (_open.Add(happened, status)) _writer?.Set();
        else if (!_saidTooMany)
        {
            _saidTooMany = true;
            _log.HistoryTooManyOpen(OpenFile.Most);
        }
    }

    public void Ended(MigrationRecord record)
    {
        _records.Add(record);
        _open.End(record.Id);
        _writer?.Set(urgent: true);
    }

    /// <summary>Waits until what was told of is on the disk, or was tried; for tests and for the end.</summary>
    public bool Flush(TimeSpan limit) => _writer?.Flush(limit) ?? true;

    public void Dispose() => _writer?.Dispose();

    internal void Write()
    {
        // In this order: whoever ended is among the records by now, and is forgotten as being under way once its record is on the disk.
        var ended = _open.Ended();
        _records.Write();
        _open.Write(ended);
    }

    private void Tell(string? failure)
    {
        lock (_telling)
        {
            Volatile.Write(ref _failure, failure);
            _told?.Invoke(failure);
        }

        if (failure is not null) _log.HistoryNotKept(failure);
        else _log.HistoryKeptAgain();
    }
}
