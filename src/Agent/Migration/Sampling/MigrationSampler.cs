using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>
/// Follows all guests of the node: opens their sources, asks those that migrate on one grid of ticks, and publishes what comes of it. All
/// questions of a tick go out together and their answers are published together. While nothing migrates no timer runs and nothing is asked.
/// </summary>
public sealed partial class MigrationSampler : IGuestObserver, IGuestSourceObserver, IDisposable
{
    /// <summary>How long an answer waits for the others of its tick.</summary>
    private static readonly TimeSpan s_together = TimeSpan.FromMilliseconds(3);

    /// <summary>Where so many or fewer migrate, each event is told at once.</summary>
    private const int Few = 10;

    private readonly Lock _lock = new();
    private readonly MigrationStore _store;
    private readonly SamplingOptions _options;
    private readonly ILogger _log;
    private readonly SamplerContext _context;
    private readonly SourceOpener _opener;
    private readonly Dictionary<GuestProcess, GuestFollower> _followers = [];
    private readonly List<GuestFollower> _active = [];
    private readonly List<GuestFollower> _changed = [];
    private readonly List<GuestFollower> _asking = [];
    private readonly List<GuestFollower> _over = [];
    private readonly ITimer _ticks;
    private readonly ITimer _together;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _isWaiting;
    private bool _isStopped;
    private int _inTick;
    private long _round;
    private int _outstanding;

    public MigrationSampler(MigrationStore store, SamplingOptions options, TimeProvider clock, ILogger log)
    {
        (_store, _options, _log) = (store, options, log);
        _context = new SamplerContext(clock, options.Open);
        _opener = new SourceOpener(options.Factories, this, clock);
        _period = PeriodOf(options.Rate);
        _ticks = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _together = clock.CreateTimer(_ => PublishLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Samples at another rate from now on.</summary>
    public void Configure(int rate)
    {
        lock (_lock)
        {
            if (_period == PeriodOf(rate)) return;
            _period = PeriodOf(rate);
            if (_isTicking) _ticks.Change(_period, _period);
        }
    }

    public void Came(Guest guest)
    {
        GuestFollower follower;
        lock (_lock)
        {
            if (_isStopped || _followers.ContainsKey(guest.Process)) return;
            follower = new GuestFollower(guest, _context, Answered);
            _followers.Add(guest.Process, follower);
            Change(follower);
            MeetOtherEnd(follower);
            Publish();
        }

        _ = Task.Run(() => OpenAsync(follower));
    }

    public void Left(GuestProcess guest)
    {
        lock (_lock)
        {
            if (!_followers.Remove(guest, out var follower)) return;
            follower.Left();
            Change(follower);
            Publish();
            if (follower.Tracker is null) Close(follower);
        }
    }

    public void LookedOver()
    {
        lock (_lock)
        {
            var unseen = _options.Open?.EndedUnseen(_followers.Keys.ToHashSet()) ?? [];
            using var batch = _store.Write();
            foreach (var record in unseen) batch.Record(record);
            batch.Ready();
        }
    }

    public void Heard(GuestProcess guest, in SourceEvent heard)
    {
        GuestFollower? asked;
        lock (_lock)
        {
            // The word of how it ended may come after the process of the guest.
            asked = Find(guest);
            if (asked is null) return;
            if (heard.Kind == SourceEventKind.GivenUp)
            {
                CannotBeRead(asked, heard.Reason ?? "what runs it does not answer any more");
                return;
            }

            var ask = asked.Heard(heard);
            if (heard.Kind == SourceEventKind.Resumed) RunsHere(asked, heard.At);
            Change(asked);
            if (!IsCrowded) Publish();
            else ask &= asked.Tracker is not { IsAskedByTick: true };
            if (!ask || !Take(asked, again: true)) return;
        }

        Ask(asked);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isStopped) return;
            _isStopped = true;
            _ticks.Dispose();
            _together.Dispose();
            foreach (var follower in _followers.Values.Concat(_active).Distinct()) Close(follower);
            _followers.Clear();
            _active.Clear();
        }
    }

    /// <summary>Gives the source of a guest away for a measurement; null with the reason where that cannot be.</summary>
    internal GuestLoan? Borrow(string uuid, Func<GuestFollower, GuestSourceException?> refusal, out GuestSourceException? why)
    {
        lock (_lock)
        {
            why = null;
            GuestFollower? found = null;
            foreach (var follower in _followers.Values)
            {
                // Of two ends the one that runs.
                if (follower.Guest.Uuid == uuid && (found is null || follower.Tracker is { Status.Direction: MigrationDirection.Outgoing } || found.Guest.Incoming)) found = follower;
            }

            why = found is null ? new GuestSourceException(GuestSourceFault.Absent, $"no guest with UUID {uuid} runs on this node") : refusal(found);
            if (why is not null) return null;
            return Lend(found!);
        }
    }

    private GuestLoan Lend(GuestFollower follower)
    {
        var taken = new CancellationTokenSource();
        (follower.IsBusy, follower.Measurement) = (true, taken);
        return new GuestLoan(follower.Guest, follower.Source!, taken.Token, () =>
        {
            lock (_lock) (follower.Measurement, follower.MeasuredAt) = (null, _context.Now);
            Return(follower);
        });
    }

    /// <summary>A dirty rate was measured.</summary>
    internal void Measured(GuestProcess guest, DirtyRate rate)
    {
        lock (_lock)
        {
            if (_followers.TryGetValue(guest, out var follower)) Learn(follower, follower.State with { DirtyRate = rate });
        }
    }

    private static TimeSpan PeriodOf(int rate) => TimeSpan.FromSeconds(1.0 / Math.Clamp(rate, 1, 10));

    /// <summary>So many migrate that what happens between two ticks is told with the next one: a publication is a message to each watcher.</summary>
    private bool IsCrowded => _isTicking && _active.Count > Few;

    private GuestFollower? Find(GuestProcess guest)
    {
        if (_followers.TryGetValue(guest, out var follower)) return follower;
        foreach (var active in _active)
        {
            if (active.Guest.Process == guest) return active;
        }

        return null;
    }

    private void Change(GuestFollower follower)
    {
        BecomeDue(follower);
        if (follower.Tracker is null || follower.IsActive) return;
        follower.IsActive = true;
        _active.Add(follower);
        MeetOtherEnd(follower);
        if (_isTicking || _isStopped) return;
        _isTicking = true;
        _ticks.Change(_period, _period);
    }

    private void PublishSoon()
    {
        if (_isWaiting || _isStopped) return;
        _isWaiting = true;
        _together.Change(s_together, Timeout.InfiniteTimeSpan);
    }

    private void PublishLate()
    {
        lock (_lock) Publish();
    }

    private void Publish()
    {
        _isWaiting = false;
        if (_changed.Count == 0) return;
        using (var batch = _store.Write())
        {
            foreach (var follower in _changed)
            {
                if (follower.IsGone) batch.Remove(follower.Guest.Process);
                else if (follower.IsChanged) batch.Put(follower.State);
                follower.IsChanged = follower.IsDue = false;
                follower.Tracker?.Publish(batch, _context.Now);
                if (follower.Tracker is { IsOver: true }) _over.Add(follower);
            }
        }

        _changed.Clear();
        foreach (var follower in _over) LetGo(follower);
        _over.Clear();
    }

    private void LetGo(GuestFollower follower)
    {
        follower.Release();
        follower.IsActive = false;
        _active.Remove(follower);
        if (follower.IsGone) Close(follower);
        if (_active.Count > 0 || !_isTicking || _isStopped) return;
        _isTicking = false;
        _ticks.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Close(GuestFollower follower)
    {
        follower.End();
        CloseSource(follower);
    }

    private void CloseSource(GuestFollower follower)
    {
        // Not on this thread: a source may tell something at the moment, and wait for this lock.
        if (follower.Source is { } source) _ = Task.Run(() => CloseAsync(follower, source));
        follower.Source = null;
    }

    private async Task CloseAsync(GuestFollower follower, IGuestSource source)
    {
        try
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.NotClosed(follower.Guest.Domain, follower.Guest.Process.Pid, e.Message);
        }
    }

    private void BecomeDue(GuestFollower follower)
    {
        if (follower.IsDue) return;
        follower.IsDue = true;
        _changed.Add(follower);
    }
}
