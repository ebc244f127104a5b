using NodeAgent.Storage.Model;
using NodeAgent.Storage.Sysfs;

namespace NodeAgent.Storage.Reading;

/// <summary>
/// Asks sysfs for paths on a thread of its own. Where a driver hangs in it, that thread is left to the driver, and another goes on without
/// that path until the driver comes back. <see cref="Check"/> and <see cref="Dispose"/> belong to one thread, the rest to any.
/// </summary>
internal sealed class PathCollector : IDisposable
{
    private readonly Func<IPathReader> _make;
    private readonly TimeProvider _clock;
    private readonly Func<IEnumerable<DeviceNumber>> _all;
    private readonly Action<List<KeyValuePair<DeviceNumber, PathFacts>>> _answer;
    private readonly Action _idle;
    private readonly Pending<DeviceNumber> _wanted = new();
    private readonly Dictionary<DeviceNumber, Worker> _hung = [];
    private volatile HashSet<DeviceNumber> _skipped = [];
    private volatile IPathReader _reader;
    private volatile Worker _worker;

    /// <param name="make">Makes what reads, for one thread each.</param>
    /// <param name="clock">Measures runs.</param>
    /// <param name="all">The paths there are.</param>
    /// <param name="answer">Gets what was read, on the thread.</param>
    /// <param name="idle">A run has ended.</param>
    public PathCollector(Func<IPathReader> make, TimeProvider clock, Func<IEnumerable<DeviceNumber>> all, Action<List<KeyValuePair<DeviceNumber, PathFacts>>> answer, Action idle)
    {
        (_make, _clock, _all, _answer, _idle) = (make, clock, all, answer, idle);
        (_reader, _worker) = Start();
    }

    public bool IsIdle => _worker.IsIdle;

    /// <summary>Which paths hang, in a sentence; null: none.</summary>
    public string? Stuck { get; private set; }

    public void AskAll()
    {
        _wanted.AddAll();
        _worker.Ask();
    }

    public void Ask(DeviceNumber path)
    {
        _wanted.Add(path);
        _worker.Ask();
    }

    /// <summary>Looks whether a path hangs, or came back.</summary>
    public void Check()
    {
        if (_worker.Busy > StorageCollector.Patience) GoOnWithout(_reader.Current);
        if (_hung.Count == 0) return;
        foreach (var (number, worker) in _hung)
        {
            if (!worker.IsIdle) continue;
            _hung.Remove(number);
            Tell();
            Ask(number);
        }
    }

    public void Dispose() => _worker.Dispose();

    private (IPathReader Reader, Worker Worker) Start()
    {
        var reader = _make();
        return (reader, new Worker("storage paths", () => Read(reader), _idle, _clock));
    }

    private void GoOnWithout(DeviceNumber number)
    {
        _worker.Dispose();
        _hung[number] = _worker;
        Tell();
        (_reader, _worker) = Start();
        AskAll();
    }

    private void Tell()
    {
        _skipped = [.. _hung.Keys];
        Stuck = _hung.Count == 0 ? null : $"sysfs does not answer for {string.Join(", ", _hung.Keys)}: look for blocked tasks in the kernel's messages";
    }

    private void Read(IPathReader reader)
    {
        var some = _wanted.Take(out _);
        if (some is null)
        {
            some = [.. _all()];
            reader.KeepOnly(some);
        }

        var facts = new List<KeyValuePair<DeviceNumber, PathFacts>>(some.Count);
        foreach (var number in some)
        {
            if (!_skipped.Contains(number)) facts.Add(new(number, Read(reader, number)));
        }

        _answer(facts);
    }

    private static PathFacts Read(IPathReader reader, DeviceNumber number)
    {
        try
        {
            return reader.Read(number);
        }
        catch (Exception e)
        {
            // No fault of one path takes the others down.
            return PathFacts.Gone with { Error = $"{number} cannot be read: {e.Message}" };
        }
    }
}
