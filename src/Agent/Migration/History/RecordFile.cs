using System.Buffers;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>
/// The migrations that ended, in memory and as lines of a file, oldest first: the last so many, and no more bytes than allowed. One that is
/// added is told of once it is on the disk; where the disk refuses, from then on all the same. Writing is for one thread, the rest for any.
/// </summary>
internal sealed class RecordFile
{
    public const string FileName = "migrations.log";

    private readonly Lock _lock = new();
    private readonly List<MigrationRecord> _kept = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly LineFile _file;
    private readonly int _most;
    private readonly long _mostBytes;
    private List<MigrationRecord> _pending = [];
    private List<MigrationRecord> _writing = [];
    private long _bytes;
    private int _lines;
    private bool _refused;

    /// <summary>Reads what there is.</summary>
    public RecordFile(HistoryFolder folder, int most, long mostBytes, ILogger log)
    {
        (_most, _mostBytes) = (most, mostBytes);
        _file = new LineFile(folder, FileName, checked((int)(4 * mostBytes)), log);
        _file.Load(line =>
        {
            _lines++;
            if (HistoryLines.ReadRecord(line) is not { } record) return false;
            // The same one may be there twice where a disk said that it had not written it.
            if (!_ids.Contains(record.Id)) Keep(record);
            return true;
        });
    }

    /// <summary>Added and not on the disk.</summary>
    public int Unwritten
    {
        get
        {
            lock (_lock) return _pending.Count + _writing.Count;
        }
    }

    public void Add(MigrationRecord record)
    {
        lock (_lock)
        {
            _pending.Add(record);
            if (_pending.Count > _most) _pending.RemoveAt(0);
        }
    }

    public bool Contains(string id)
    {
        lock (_lock) return _ids.Contains(id);
    }

    public IReadOnlyList<MigrationRecord> Newest(string? uuid, int limit)
    {
        var found = new List<MigrationRecord>();
        lock (_lock)
        {
            if (_refused)
            {
                Pick(_pending, uuid, limit, found);
                Pick(_writing, uuid, limit, found);
            }

            Pick(_kept, uuid, limit, found);
        }

        return found;
    }

    /// <summary>Writes what was added.</summary>
    /// <exception cref="IOException">The disk refused; nothing is lost.</exception>
    public void Write()
    {
        lock (_lock)
        {
            // What could not be written before comes before what was added since.
            _writing.AddRange(_pending);
            _pending = [];
            _writing.RemoveRange(0, Math.Max(0, _writing.Count - _most));
        }

        try
        {
            if (_writing.Count > 0 || _file.NeedsRescue) WriteLines();
            lock (_lock)
            {
                foreach (var record in _writing) Keep(record);
                (_writing, _refused) = ([], false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (_lock) _refused = true;
            throw;
        }
    }

    private void WriteLines()
    {
        if (_lines + _writing.Count <= 2 * _most && _file.Length <= 2 * _mostBytes)
        {
            if (_file.Append(Encode(_writing)))
            {
                _lines += _writing.Count;
                return;
            }
        }

        // Only this thread changes what is kept.
        List<MigrationRecord> all = [.. _kept, .. _writing];
        _file.Rewrite(Encode(all));
        _lines = all.Count;
    }

    private static ReadOnlySpan<byte> Encode(List<MigrationRecord> records)
    {
        var lines = new ArrayBufferWriter<byte>(4096);
        foreach (var record in records) HistoryLines.Write(lines, record);
        return lines.WrittenSpan;
    }

    private void Keep(MigrationRecord record)
    {
        _kept.Add(record);
        _ids.Add(record.Id);
        _bytes += RecordSize.Of(record);
        var over = 0;
        while (_kept.Count - over > _most || (_bytes > _mostBytes && over < _kept.Count - 1))
        {
            _ids.Remove(_kept[over].Id);
            _bytes -= RecordSize.Of(_kept[over++]);
        }

        _kept.RemoveRange(0, over);
    }

    private static void Pick(List<MigrationRecord> from, string? uuid, int limit, List<MigrationRecord> into)
    {
        for (var i = from.Count - 1; i >= 0 && into.Count < limit; i--)
        {
            if (uuid is null || from[i].Uuid.Equals(uuid, StringComparison.OrdinalIgnoreCase)) into.Add(from[i]);
        }
    }
}
