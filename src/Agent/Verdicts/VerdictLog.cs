using System.Text;
using Microsoft.Extensions.Logging;
using NodeAgent.Files;

namespace NodeAgent.Verdicts;

/// <summary>
/// The last changes of verdicts, of all kinds, in STATE/verdicts.log: a line each, appended, and the file written anew before it grows to
/// twice of what is kept. A process that was killed loses nothing of what it had appended, a last line cut short is left out, and a disk
/// that is full or hangs costs the record and nothing else.
/// </summary>
public sealed class VerdictLog : IDisposable
{
    /// <summary>Changes that are kept.</summary>
    public const int Kept = 1000;

    public const string FileName = "verdicts.log";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly ILogger _log;
    private readonly List<VerdictChange> _newest = new(Kept + 1);
    private readonly Dictionary<(string Kind, string Object), RememberedVerdict> _standing = [];
    private readonly List<VerdictChange> _pending = [];
    private readonly DeferredWriter _writer;
    private int _lines;
    // What is on the disk lacks something, or ends in the middle of a line.
    private bool _rewrite;

    // A write was begun and has not come to its end: it may have left half a line. Of the writer's thread alone.
    private bool _torn;

    /// <summary>Reads what there is.</summary>
    public VerdictLog(string stateFolder, ILogger log)
    {
        (_path, _log) = (Path.Combine(stateFolder, FileName), log);
        Load();
        Remembered = [.. _standing.Values];
        _writer = new DeferredWriter("verdict log", Write, s_pause, Tell);
    }

    /// <summary>How objects stood when the agent last ran.</summary>
    public IReadOnlyList<RememberedVerdict> Remembered { get; }

    /// <summary>The newest changes, oldest first.</summary>
    public IReadOnlyList<VerdictChange> Newest()
    {
        lock (_lock) return [.. _newest];
    }

    /// <summary>Records and logs changes; returns at once.</summary>
    public void Add(IReadOnlyList<VerdictChange> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                Take(change);
                Pend(change);
            }
        }

        foreach (var change in changes) Log(change);
        _writer.Set();
    }

    /// <summary>Puts another sentence into the record of a change, which is the same but for it.</summary>
    public void Explain(VerdictChange change)
    {
        lock (_lock)
        {
            if (!Replace(change)) return;
            Pend(change);
        }

        Log(change);
        _writer.Set();
    }

    /// <summary>Waits until what was added is on the disk; for tests and for the end.</summary>
    public bool Flush(TimeSpan limit) => _writer.Flush(limit);

    public void Dispose() => _writer.Dispose();

    private void Pend(VerdictChange change)
    {
        _pending.Add(change);
        if (_pending.Count <= Kept) return;
        // The disk hangs. Once it does not, the file is written from what is in memory.
        _pending.Clear();
        _rewrite = true;
    }

    // A line of the same time and object says the same change in better words.
    private bool Replace(VerdictChange change)
    {
        var index = _newest.FindLastIndex(c => c.Kind == change.Kind && c.Object == change.Object);
        if (index < 0 || _newest[index].Time != change.Time || change.Verdict is null) return false;
        _newest[index] = _newest[index] with { Verdict = change.Verdict };
        return true;
    }

    private void Take(VerdictChange change)
    {
        _newest.Add(change);
        if (_newest.Count > Kept) _newest.RemoveAt(0);
        var key = (change.Kind, change.Object);
        if (change.Verdict is { } verdict) _standing[key] = new RememberedVerdict(change.Kind, change.Object, verdict.State, change.Time);
        else _standing.Remove(key);
    }

    private void Load()
    {
        if (!File.Exists(_path)) return;
        var damaged = 0;
        try
        {
            var text = File.ReadAllText(_path);
            // Cut short by a full disk or the machine's end: nothing may be appended to that line.
            _rewrite = text.Length > 0 && !text.EndsWith('\n');
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _lines++;
                var (change, standing) = VerdictLogJson.Read(line);
                if (change is not null)
                {
                    if (!Replace(change)) Take(change);
                }
                else if (standing is not null) _standing[(standing.Kind, standing.Object)] = standing;
                else damaged++;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.VerdictsNotRead(e.Message);
        }

        if (damaged > 0) _log.VerdictLinesLost(_path, damaged);
        _rewrite |= damaged > 0;
    }

    private void Write()
    {
        RememberedVerdict[] standing = [];
        VerdictChange[] changes;
        bool rewrite;
        lock (_lock)
        {
            rewrite = _rewrite || _torn || _lines + _pending.Count > (2 * Kept) + _standing.Count;
            if (rewrite) (standing, changes, _lines) = ([.. _standing.Values], [.. _newest], _standing.Count + _newest.Count);
            else (changes, _lines) = ([.. _pending], _lines + _pending.Count);
            _pending.Clear();
            (_rewrite, _torn) = (false, true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var text = new StringBuilder();
        foreach (var one in standing) text.Append(VerdictLogJson.Write(one)).Append('\n');
        foreach (var one in changes) text.Append(VerdictLogJson.Write(one)).Append('\n');
        if (rewrite) DurableFile.Write(_path, text.ToString());
        else Append(text.ToString());
        _torn = false;
    }

    private void Append(string text)
    {
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Log(VerdictChange change)
    {
        if (change.Verdict is not { } verdict) _log.VerdictGone(change.Kind, change.Object, change.Former ?? "");
        else if (verdict.Severity == Severity.Ok) _log.VerdictGood(change.Kind, verdict.State, verdict.Sentence);
        else _log.VerdictBad(change.Kind, verdict.State, verdict.Sentence);
    }

    private void Tell(string? failure)
    {
        if (failure is not null) _log.VerdictsNotKept(failure);
        else _log.VerdictsKeptAgain();
    }
}
