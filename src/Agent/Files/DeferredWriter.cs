namespace NodeAgent.Files;

/// <summary>
/// Writes to the disk on a thread of its own, so that no disk holds up whoever has news: any number of news before a write are one.
/// What fails is tried again, and told of once.
/// </summary>
public sealed class DeferredWriter : IDisposable
{
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patienceAtEnd = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly Action _write;
    private readonly TimeSpan _pause;
    private readonly Action<string?> _told;
    private readonly Thread _thread;
    private string? _failure;
    private bool _wanted;
    private bool _urgent;
    private bool _writing;
    private bool _stopped;

    /// <param name="name">Of the thread.</param>
    /// <param name="write">Writes what there is; throws IOException or UnauthorizedAccessException where it cannot.</param>
    /// <param name="pause">At least this long passes between two writes.</param>
    /// <param name="told">Is told the error when writing begins to fail or fails for another reason, and null when it works again.</param>
    public DeferredWriter(string name, Action write, TimeSpan pause, Action<string?> told)
    {
        (_write, _pause, _told) = (write, pause, told);
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>There is something to write.</summary>
    /// <param name="urgent">It does not wait for the pause after the write before, unless that failed.</param>
    public void Set(bool urgent = false)
    {
        lock (_gate)
        {
            _wanted = true;
            _urgent |= urgent;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until everything told of before has been written, or tried to be; false where the disk takes longer.</summary>
    public bool Flush(TimeSpan limit)
    {
        lock (_gate)
        {
            while ((_wanted && _failure is null) || _writing)
            {
                if (!Monitor.Wait(_gate, limit)) return false;
            }

            return true;
        }
    }

    /// <summary>Writes what is left, unless the disk hangs.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join(s_patienceAtEnd);
    }

    private void Run()
    {
        while (Begin())
        {
            var failure = Try();
            if (failure != _failure) _told(failure);
            lock (_gate)
            {
                (_writing, _failure) = (false, failure);
                _wanted |= failure is not null;
                Monitor.PulseAll(_gate);
                if (_stopped && failure is not null) return;
                Rest(failure is null ? _pause : s_betweenTries);
            }
        }
    }

    private bool Begin()
    {
        lock (_gate)
        {
            while (!_wanted)
            {
                if (_stopped) return false;
                Monitor.Wait(_gate);
            }

            (_wanted, _urgent, _writing) = (false, false, true);
            return true;
        }
    }

    // News do not end the rest, unless they are urgent; the end does.
    private void Rest(TimeSpan rest)
    {
        var until = Environment.TickCount64 + (long)rest.TotalMilliseconds;
        while (!_stopped && !(_urgent && _failure is null) && Environment.TickCount64 is var now && now < until) Monitor.Wait(_gate, TimeSpan.FromMilliseconds(until - now));
    }

    private string? Try()
    {
        try
        {
            _write();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
