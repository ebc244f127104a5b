namespace NodeAgent.Storage.Reading;

/// <summary>
/// A thread for work that may hang: it works when asked, and once more where it is asked meanwhile. Whoever asks never waits; how long
/// the present run has taken is there to be looked at. The thread is a background one, so that a run that hangs does not hold up the end.
/// </summary>
internal sealed class Worker : IDisposable
{
    private const int StackBytes = 256 * 1024;

    private readonly object _gate = new();
    private readonly Action _work;
    private readonly Action _idle;
    private readonly TimeProvider _clock;
    private bool _wanted;
    private bool _stopped;
    private bool _working;
    private long _started;

    /// <param name="name">Of the thread.</param>
    /// <param name="work">May not throw.</param>
    /// <param name="idle">A run has ended; on the thread.</param>
    /// <param name="clock">Measures runs.</param>
    public Worker(string name, Action work, Action idle, TimeProvider clock)
    {
        (_work, _idle, _clock) = (work, idle, clock);
        new Thread(Run, StackBytes) { IsBackground = true, Name = name }.Start();
    }

    public bool IsIdle
    {
        get { lock (_gate) return !_wanted && !_working; }
    }

    /// <summary>How long the present run has taken; zero where there is none.</summary>
    public TimeSpan Busy
    {
        get { lock (_gate) return _working ? _clock.GetElapsedTime(_started) : TimeSpan.Zero; }
    }

    public void Ask()
    {
        lock (_gate)
        {
            _wanted = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>A run that is under way goes on; there is no other after it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                while (!_wanted && !_stopped) Monitor.Wait(_gate);
                if (_stopped) return;
                (_wanted, _working, _started) = (false, true, _clock.GetTimestamp());
            }

            _work();
            lock (_gate) _working = false;
            _idle();
        }
    }
}
