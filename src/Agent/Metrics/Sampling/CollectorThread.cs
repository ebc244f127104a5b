using Microsoft.Extensions.Logging;

namespace NodeAgent.Metrics.Sampling;

/// <summary>
/// Runs a collector at an interval for as long as somebody scrapes, and sleeps without a timer when nobody does. To be made on a
/// thread in the daemon's network namespace, which the new thread inherits.
/// </summary>
internal sealed class CollectorThread : IDisposable
{
    /// <summary>Scraped within this many intervals, it keeps the sample fresh.</summary>
    public const int AwakeIntervals = 4;

    /// <summary>A scrape waits no longer than this for a run, counted from the run's start.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>A run that takes longer counts as failed while it lasts.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly ICollector _collector;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private TaskCompletionSource? _next;
    private TimeSpan _interval;
    private long _asked = long.MinValue;
    private long _started = long.MinValue;
    private long _finished = long.MinValue;
    private bool _running;
    private bool _wanted;
    private bool _stopped;
    private string? _failure;

    public CollectorThread(ICollector collector, TimeSpan interval, TimeProvider clock, ILogger log)
    {
        (_collector, _interval, _clock, _log) = (collector, interval, clock, log);
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = $"metrics {collector.Name}" };
        _thread.Start();
    }

    public string Name => _collector.Name;

    /// <summary>How often it runs while somebody scrapes.</summary>
    public TimeSpan Interval
    {
        set
        {
            lock (_gate)
            {
                _interval = value;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>The last run, in seconds; NaN before the first.</summary>
    public double Duration { get; private set; } = double.NaN;

    /// <summary>Since the last run that succeeded ended, in seconds; NaN before the first.</summary>
    public double Age
    {
        get { lock (_gate) return _finished == long.MinValue ? double.NaN : _clock.GetElapsedTime(_finished).TotalSeconds; }
    }

    public bool Succeeds
    {
        get { lock (_gate) return _failure is null && _finished != long.MinValue && !(_running && _clock.GetElapsedTime(_started) > Overdue); }
    }

    /// <summary>A scrape is about to read. Null where the sample is fresh, or where a run has been waited for long enough; else what ends with the run.</summary>
    public Task? Freshen()
    {
        lock (_gate)
        {
            _asked = _clock.GetTimestamp();
            if (IsFresh)
            {
                // Asleep or about to be: from now on it is to keep up again.
                Monitor.Pulse(_gate);
                return null;
            }

            if (_running && _clock.GetElapsedTime(_started) > Patience) return null;
            _wanted = true;
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_gate);
            return _next.Task;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private bool IsFresh => _finished != long.MinValue && _clock.GetElapsedTime(_finished) < _interval * 1.5;

    private void Run()
    {
        while (AwaitTurn())
        {
            var failure = Collect();
            TaskCompletionSource? waiting;
            lock (_gate)
            {
                _running = false;
                Duration = _clock.GetElapsedTime(_started).TotalSeconds;
                if (failure is null) _finished = _clock.GetTimestamp();
                (waiting, _next) = (_next, null);
            }

            Tell(failure);
            waiting?.SetResult();
        }
    }

    private bool AwaitTurn()
    {
        lock (_gate)
        {
            while (!_stopped && !_wanted)
            {
                var wait = UntilDue();
                if (wait == TimeSpan.Zero) break;
                Monitor.Wait(_gate, wait);
            }

            _wanted = false;
            _running = true;
            _started = _clock.GetTimestamp();
            return !_stopped;
        }
    }

    private TimeSpan UntilDue()
    {
        if (_asked == long.MinValue || _clock.GetElapsedTime(_asked) >= _interval * AwakeIntervals) return Timeout.InfiniteTimeSpan;
        var rest = _started == long.MinValue ? TimeSpan.Zero : _interval - _clock.GetElapsedTime(_started);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private string? Collect()
    {
        try
        {
            _collector.Collect();
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    // Once when it begins to fail, once when it works again.
    private void Tell(string? failure)
    {
        var former = _failure;
        lock (_gate) _failure = failure;
        if (failure is not null && former != failure) _log.CollectorFailed(Name, failure);
        else if (failure is null && former is not null) _log.CollectorRecovered(Name);
    }
}
