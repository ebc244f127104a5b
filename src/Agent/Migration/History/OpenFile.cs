using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>
/// What is known of migrations under way, in memory and as lines of a file that grows with what happens in them, and is written anew once
/// most of it is past. Writing is for one thread, the rest for any.
/// </summary>
internal sealed class OpenFile
{
    public const string FileName = "migrations.open";

    /// <summary>Migrations that are remembered at once.</summary>
    public const int Most = 1024;

    private const int MostBytes = 64 << 20;
    private const int SmallBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenEntry> _entries = new(StringComparer.Ordinal);
    private readonly LineFile _file;
    private readonly string _boot;
    // The file lacks something that no line to come would tell. Of the thread that writes.
    private bool _lacks;

    /// <summary>Reads what there is.</summary>
    /// <param name="folder">Where the file is.</param>
    /// <param name="boot">The boot of the running kernel.</param>
    /// <param name="isRecorded">The migration of this id ended and is in the history.</param>
    /// <param name="log">Is told what is wrong with it.</param>
    public OpenFile(HistoryFolder folder, string boot, Predicate<string> isRecorded, ILogger log)
    {
        _boot = boot;
        _file = new LineFile(folder, FileName, MostBytes, log);
        _file.Load(Take);
        foreach (var (id, entry) in _entries) entry.HasEnded = isRecorded(id);
    }

    /// <summary>False: there are too many to remember this one.</summary>
    public bool Add(in MigrationEvent happened, in MigrationStatus status)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(status.Id, out var entry))
            {
                if (_entries.Count >= Most) return false;
                _entries[status.Id] = entry = new OpenEntry(_boot, status.Guest.Process);
            }

            entry.Add(happened, status);
            return true;
        }
    }

    /// <summary>Its record is in the history's memory.</summary>
    public void End(string id)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out var entry)) entry.HasEnded = true;
        }
    }

    public OpenMigration? TryResume(GuestProcess process, string uuid, MigrationDirection direction)
    {
        lock (_lock)
        {
            // Of several the last: those before it ended without anybody seeing it.
            var entry = _entries.Values.Where(e => e is { IsRemembered: true, HasEnded: false } && e.Process == process && e.Direction == direction && e.Uuid == uuid && e.Boot == _boot).MaxBy(static e => e.Last.Started);
            if (entry is null) return null;
            entry.IsRemembered = false;
            return entry.Whole;
        }
    }

    /// <summary>The records of those whose process is not among these; <see cref="End"/> is to follow for each, until when they are told again.</summary>
    public IReadOnlyList<MigrationRecord> Gone(IReadOnlySet<GuestProcess> present)
    {
        lock (_lock)
        {
            var gone = _entries.Values.Where(e => e is { IsRemembered: true, HasEnded: false } && !(e.Boot == _boot && present.Contains(e.Process)));
            return [.. gone.Select(e => e.Whole.SoFar with { Reason = ReasonOf(e) })];
        }
    }

    /// <summary>Those that have ended.</summary>
    public IReadOnlyList<string> Ended()
    {
        lock (_lock) return [.. _entries.Where(static e => e.Value.HasEnded).Select(static e => e.Key)];
    }

    /// <summary>Writes what came since the write before, and forgets those that ended.</summary>
    /// <param name="ended">Their records are on the disk.</param>
    /// <exception cref="IOException">The disk refused; nothing is lost.</exception>
    public void Write(IReadOnlyList<string> ended)
    {
        if (!_lacks && !_file.NeedsRescue && !IsMostlyPast())
        {
            var lines = Lines(ended, all: false);
            if (lines.IsEmpty) return;
            _lacks = true;
            _lacks = !_file.Append(lines);
            if (!_lacks) return;
        }

        _lacks = true;
        _file.Rewrite(Lines(ended, all: true));
        _lacks = false;
    }

    private bool IsMostlyPast()
    {
        lock (_lock) return _file.Length > SmallBytes && _file.Length > 2 * _entries.Values.Sum(static e => e.Size);
    }

    private ReadOnlySpan<byte> Lines(IReadOnlyList<string> ended, bool all)
    {
        var lines = new ArrayBufferWriter<byte>(1024);
        lock (_lock)
        {
            foreach (var id in ended)
            {
                if (_entries.Remove(id) && !all) HistoryLines.WriteClosed(lines, id);
            }

            foreach (var entry in _entries.Values)
            {
                if (all || entry.IsDirty) HistoryLines.Write(lines, entry.Take(all), entry.Boot);
            }
        }

        return lines.WrittenSpan;
    }

    private bool Take(ReadOnlyMemory<byte> line)
    {
        if (HistoryLines.ReadOpen(line) is not { } read) return false;
        if (read.Open is not { } open)
        {
            _entries.Remove(read.Id);
            return true;
        }

        if (!_entries.TryGetValue(read.Id, out var entry))
        {
            if (_entries.Count >= Most) return true;
            _entries[read.Id] = entry = new OpenEntry(read.Boot, open.Process);
        }

        entry.Add(open);
        return true;
    }

    private string ReasonOf(OpenEntry entry)
    {
        var (what, last) = (entry.Boot == _boot ? $"QEMU (pid {entry.Process.Pid}) ended while the agent was not running" : "the node was restarted", entry.Last);
        var where = last.Passes is { } pass ? $"{entry.Phase.Name()}, pass {pass}" : entry.Phase.Name();
        return string.Create(CultureInfo.InvariantCulture, $"{what}; last heard of at {last.Ended.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {where}");
    }
}
