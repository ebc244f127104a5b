using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>A watch as a picture that is redrawn: with each message, but no more than ten times a second, and once a second at least, for the clock and a terminal that was resized.</summary>
internal sealed class LiveWatch : WatchOutput
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);

    private readonly Invocation _run;
    private readonly MigrationReplica _replica;
    private readonly GuestFilter _wanted;
    private readonly LiveScreen _screen;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _drawn;
    private bool _stale;
    private bool _lost;
    private bool _disposed;

    public LiveWatch(Invocation run, MigrationReplica replica, GuestFilter wanted)
    {
        (_run, _replica, _wanted) = (run, replica, wanted);
        _screen = new LiveScreen(run.Out);
        _timer = run.Host.Time.CreateTimer(_ => Tick(), null, s_shortest, s_shortest);
    }

    public override void Take(WatchMigrationsResponse message)
    {
        lock (_lock)
        {
            _replica.Take(message);
            _lost = false;
            DrawSoon();
        }
    }

    public override void Lost()
    {
        lock (_lock)
        {
            if (_lost) return;
            _lost = true;
            DrawSoon();
        }
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            try
            {
                if (_stale) Draw();
            }
            finally
            {
                _screen.Dispose();
            }
        }

        _timer.Dispose();
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_disposed || !(_stale || _run.Host.Time.GetElapsedTime(_drawn) >= TimeSpan.FromSeconds(1))) return;
            try
            {
                Draw();
            }
            catch (IOException)
            {
                // The terminal has gone; whoever reads the stream is told by the next message or by a signal.
            }
        }
    }

    private void DrawSoon()
    {
        _stale = true;
        if (_run.Host.Time.GetElapsedTime(_drawn) >= s_shortest) Draw();
    }

    private void Draw()
    {
        (_stale, _drawn) = (false, _run.Host.Time.GetTimestamp());
        var (width, height) = (Math.Clamp(_run.Host.TerminalWidth(), 40, 400), Math.Max(4, _run.Host.TerminalHeight()));
        var now = _run.Host.Time.GetUtcNow();
        var clock = TimeZoneInfo.ConvertTime(now, _run.Host.Time.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var note = _lost ? "The agent is gone: waiting for it for up to 30 s. What follows is what it said last." : _replica.Started ? null : "Waiting for the agent's first word.";
        _screen.Draw(WatchFrame.Lines([.. _replica.Migrations.Where(m => _wanted.Takes(m.Guest))], clock, now, note, _run.Style, width, height), width, height);
    }
}
