using System.Globalization;

namespace NodeAgent.Logging;

/// <summary>
/// Holds back a line that comes again and again: of the same line so many pass within a window, the rest is counted and told as one line
/// when the window ends. Not thread-safe: the writer's lock covers it.
/// </summary>
internal sealed class StormFilter : IDisposable
{
    public const int Burst = 10;
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Different lines looked at within a window; beyond it lines pass uncounted.</summary>
    private const int MaxLines = 512;

    private readonly Dictionary<(int Event, string Message), Repeats> _lines = [];
    private readonly TimeProvider _clock;
    private readonly Sink _write;
    private readonly ITimer _timer;
    private long _opened;
    private bool _armed;

    /// <param name="clock">Measures the window.</param>
    /// <param name="write">Writes what came of a window.</param>
    /// <param name="onEnd">Called from any thread when a window with lines held back is over: is to call <see cref="Expire"/>.</param>
    public StormFilter(TimeProvider clock, Sink write, Action onEnd)
    {
        (_clock, _write) = (clock, write);
        _timer = clock.CreateTimer(_ => onEnd(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public delegate void Sink(in LogEntry entry);

    /// <summary>Whether the line is to be written.</summary>
    public bool Admits(in LogEntry entry)
    {
        if (_lines.Count > 0 && _clock.GetElapsedTime(_opened) >= Window) Expire();
        if (_lines.Count == 0) _opened = _clock.GetTimestamp();
        var key = (entry.Event.Id, entry.Message);
        if (!_lines.TryGetValue(key, out var repeats))
        {
            if (_lines.Count >= MaxLines) return true;
            _lines[key] = repeats = new Repeats();
        }

        if (++repeats.Count <= Burst) return true;
        repeats.Last = entry with { Fields = null, Exception = null };
        if (!_armed) _armed = _timer.Change(Window - _clock.GetElapsedTime(_opened), Timeout.InfiniteTimeSpan);
        return false;
    }

    /// <summary>Ends the window and tells what was held back in it.</summary>
    public void Expire()
    {
        foreach (var repeats in _lines.Values)
        {
            var held = repeats.Count - Burst;
            if (held <= 0) continue;
            _write(repeats.Last with { Message = string.Create(CultureInfo.InvariantCulture, $"{repeats.Last.Message} (the same {held} times more within {Window.TotalSeconds:0} s)") });
        }

        _lines.Clear();
        _armed = false;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        Expire();
        _timer.Dispose();
    }

    private sealed class Repeats
    {
        public int Count;
        public LogEntry Last;
    }
}
