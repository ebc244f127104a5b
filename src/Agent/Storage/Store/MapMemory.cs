using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodeAgent.Files;
using NodeAgent.Storage.Judging;

namespace NodeAgent.Storage.Store;

/// <summary>
/// What is remembered of maps, by WWID, in STATE/storage.json: the most paths they ever had, since when they stand as they do, how often their
/// paths turned. Written when it changed, seconds apart at most; a file that is damaged is moved aside and said so. One thread changes it.
/// </summary>
public sealed class MapMemory : IDisposable
{
    public const string FileName = "storage.json";

    /// <summary>Maps that are remembered, the present ones aside: names of LUNs that come and go must not fill a disk.</summary>
    public const int Most = 10_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly ILogger _log;
    private readonly DeferredWriter? _writer;
    private volatile ImmutableDictionary<string, RememberedMap> _maps = ImmutableDictionary.Create<string, RememberedMap>(StringComparer.Ordinal);

    /// <param name="stateFolder">Where the file is.</param>
    /// <param name="log">Is told what goes wrong.</param>
    /// <param name="writes">False: for a command that only looks.</param>
    public MapMemory(string stateFolder, ILogger log, bool writes = true)
    {
        (_path, _log) = (Path.Combine(stateFolder, FileName), log);
        Load(writes);
        _writer = writes ? new DeferredWriter("storage memory", Write, s_pause, Tell) : null;
    }

    /// <summary>Every map, present or gone.</summary>
    public IReadOnlyDictionary<string, RememberedMap> Maps => _maps;

    /// <summary>What is remembered of a map.</summary>
    public MapHistory Of(string wwid) => _maps.TryGetValue(wwid, out var known) ? known.History : MapHistory.None;

    /// <summary>Takes in what came of judging a map.</summary>
    /// <param name="wwid">What it is known by.</param>
    /// <param name="name">As it is called now.</param>
    /// <param name="history">What to remember.</param>
    /// <param name="urgent">Somebody asked for it, and is told that it is done: it is written at once.</param>
    public void Put(string wwid, string name, MapHistory history, bool urgent = false)
    {
        if (_maps.TryGetValue(wwid, out var known) && known.Gone is null && known.Name == name && known.History == history) return;
        _maps = _maps.SetItem(wwid, new RememberedMap(name, history, null));
        _writer?.Set(urgent);
    }

    /// <summary>A map is not there any more.</summary>
    public void Leave(string wwid, DateTimeOffset now)
    {
        if (!_maps.TryGetValue(wwid, out var known) || known.Gone is not null) return;
        _maps = _maps.SetItem(wwid, known with { Gone = now });
        _writer?.Set();
    }

    /// <summary>Marks what is not among these as gone, and drops what has been for too long.</summary>
    public void Prune(IReadOnlySet<string> present, TimeSpan forgetAfter, DateTimeOffset now)
    {
        foreach (var (wwid, map) in _maps)
        {
            if (present.Contains(wwid)) continue;
            if (map.Gone is null) Leave(wwid, now);
            else if (map.Gone + forgetAfter <= now) Drop(wwid);
        }

        var gone = _maps.Where(static m => m.Value.Gone is not null).ToList();
        foreach (var (wwid, _) in gone.OrderBy(static m => m.Value.Gone).Take(Math.Max(0, gone.Count - Most))) Drop(wwid);
    }

    /// <summary>Waits until what was put is on the disk; for tests and for the end.</summary>
    public bool Flush(TimeSpan limit) => _writer?.Flush(limit) ?? true;

    public void Dispose() => _writer?.Dispose();

    private void Drop(string wwid)
    {
        _maps = _maps.Remove(wwid);
        _writer?.Set();
    }

    private void Load(bool mayMove)
    {
        try
        {
            if (!File.Exists(_path)) return;
            var maps = MapMemoryJson.Read(File.ReadAllText(_path)).DistinctBy(static m => m.Key);
            _maps = _maps.SetItems(maps);
        }
        catch (FormatException e)
        {
            if (mayMove) MoveAside(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.MemoryNotRead(_path, e.Message);
        }
    }

    private void MoveAside(string reason)
    {
        var aside = _path + ".bad";
        try
        {
            File.Move(_path, aside, overwrite: true);
            _log.MemoryDamaged(_path, reason, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.MemoryNotRead(_path, $"{reason}; {e.Message}");
        }
    }

    private void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        DurableFile.Write(_path, MapMemoryJson.Write(_maps.OrderBy(static m => m.Key, StringComparer.Ordinal)));
    }

    private void Tell(string? failure)
    {
        if (failure is not null) _log.MemoryNotKept(_path, failure);
        else _log.MemoryKeptAgain(_path);
    }
}
