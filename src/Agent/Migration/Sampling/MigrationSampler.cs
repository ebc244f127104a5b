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
public sealed class MigrationSampler : IGuestObserver, IGuestSourceObserver, IDisposable
{
    /// <summary>How long an answer waits for the others of its tick.</summary>
    private static readonly TimeSpan s_together = TimeSpan.FromMilliseconds(3);

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
            _options.Open?.LookedOver(_followers.Keys.ToHashSet());
            using var batch = _store.Write();
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
            var ask = asked.Heard(heard);
            if (heard.Kind == SourceEventKind.Resumed) RunsHere(asked, heard.At);
            Change(asked);
            Publish();
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

    private GuestFollower? Find(GuestProcess guest)
    {
        if (_followers.TryGetValue(guest, out var follower)) return follower;
        foreach (var active in _active)
        {
            if (active.Guest.Process == guest) return active;
        }

        return null;
    }

    private async Task OpenAsync(GuestFollower follower)
    {
        try
        {
            var source = await _opener.OpenAsync(follower.Guest, reason => Limit(follower, reason), follower.Life.Token).ConfigureAwait(false);
            if (source is null)
            {
                Limit(follower, "neither libvirt nor a free monitor of QEMU tells of it: only its process is seen, and its migrations are not");
                lock (_lock)
                {
                    follower.CannotBeRead();
                    Change(follower);
                    Publish();
                }

                return;
            }

            if (!Adopt(follower, source))
            {
                await source.DisposeAsync().ConfigureAwait(false);
                return;
            }

            await LookAsync(follower, source).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The guest is gone, or the agent ends.
        }
        catch (Exception e)
        {
            // A source that fails in a way nobody thought of takes nothing else along.
            _log.NotOpened(follower.Guest.Domain, follower.Guest.Process.Pid, e);
            Limit(follower, $"its source cannot be opened: {e.Message}");
        }
    }

    private bool Adopt(GuestFollower follower, IGuestSource source)
    {
        lock (_lock)
        {
            if (_isStopped || follower.IsGone) return false;
            (follower.Source, follower.IsBusy) = (source, true);
            Learn(follower, follower.State with { Source = source.Kind, Limitation = null });
            return true;
        }
    }

    // One look after opening: whether it migrates, and what is known of it without disturbing it.
    private async Task LookAsync(GuestFollower follower, IGuestSource source)
    {
        var cancellation = follower.Life.Token;
        GuestState? known = null;
        try
        {
            var askedAt = _context.Now;
            var sample = await source.SampleAsync(cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                follower.Sampled(sample, askedAt);
                Change(follower);
                Publish();
            }

            if (follower.Tracker is not null) return;
            var blockers = await source.BlockersAsync(cancellation).ConfigureAwait(false);
            var rate = await source.LastDirtyRateAsync(cancellation).ConfigureAwait(false);
            known = follower.State with { Blockers = [.. follower.Guest.Blockers, .. blockers], DirtyRate = rate };
        }
        catch (GuestSourceException e)
        {
            known = follower.State with { Limitation = e.Message };
        }
        finally
        {
            Return(follower, known);
        }
    }

    private void Limit(GuestFollower follower, string reason)
    {
        lock (_lock)
        {
            if (follower.State.Limitation != reason) Learn(follower, follower.State with { Limitation = reason });
        }
    }

    private void Learn(GuestFollower follower, GuestState state)
    {
        follower.Set(state);
        Change(follower);
        Publish();
    }

    internal void Tick()
    {
        if (Interlocked.Exchange(ref _inTick, 1) != 0) return;
        lock (_lock)
        {
            _round++;
            _outstanding = 0;
            foreach (var follower in _active)
            {
                if (follower.Tracker is not { } tracker) continue;
                tracker.Review(_context.Now, tracker.AwaitsOther ? OutcomeOfOther(follower) : null);
                if (tracker.IsChanged) Change(follower);
                if (!tracker.IsAskedByTick || !Take(follower, again: false)) continue;
                follower.Round = _round;
                _outstanding++;
                _asking.Add(follower);
            }

            Publish();
        }

        // Not under the lock: an answer may come at once, and events meanwhile.
        foreach (var follower in _asking) Ask(follower);
        _asking.Clear();
        Volatile.Write(ref _inTick, 0);
    }

    /// <summary>True: the caller is to ask now. Else a call is under way already, or nobody can be asked.</summary>
    /// <param name="follower">Whose source.</param>
    /// <param name="again">Where a call is under way: once more after it. A tick goes by instead.</param>
    private bool Take(GuestFollower follower, bool again)
    {
        if (follower.Source is null || follower.IsGone || _isStopped) return false;
        if (follower.IsBusy)
        {
            follower.AskAgain |= again;
            return false;
        }

        (follower.IsBusy, follower.AskedAt) = (true, _context.Now);
        return true;
    }

    private void Ask(GuestFollower follower)
    {
        try
        {
            if (follower.Source is not { } source) throw new ObjectDisposedException(nameof(IGuestSource));
            var answer = source.SampleAsync(follower.Life.Token).ConfigureAwait(false).GetAwaiter();
            follower.Answer = answer;
            if (answer.IsCompleted) Answered(follower);
            else answer.UnsafeOnCompleted(follower.OnAnswer);
        }
        catch (Exception e) when (e is GuestSourceException or OperationCanceledException or ObjectDisposedException)
        {
            Answered(follower, default, e);
        }
    }

    private void Answered(GuestFollower follower)
    {
        MigrationSample sample;
        try
        {
            sample = follower.Answer.GetResult();
        }
        catch (Exception e)
        {
            Answered(follower, default, e);
            return;
        }

        Answered(follower, sample, null);
    }

    private void Answered(GuestFollower follower, in MigrationSample sample, Exception? fault)
    {
        lock (_lock)
        {
            _options.Observer?.Sampled(_context.Now - follower.AskedAt, fault is not null);
            if (fault is null) follower.Sampled(sample, follower.AskedAt);
            else if (fault is not OperationCanceledException) follower.Missed(fault.Message);
            Change(follower);
            SeekPeer(follower);
            // Of a tick the last answer, and one that no tick asked for, is published at once.
            var isLast = follower.Round == 0 || (follower.Round == _round && --_outstanding == 0);
            follower.Round = 0;
            if (isLast || follower.Tracker is null or { IsOver: true }) Publish();
            else PublishSoon();
        }

        Return(follower);
    }

    /// <summary>A call is over; the next may begin.</summary>
    private void Return(GuestFollower follower, GuestState? known = null)
    {
        lock (_lock)
        {
            follower.IsBusy = false;
            if (known is not null) Learn(follower, known);
            if (!follower.AskAgain) return;
            follower.AskAgain = false;
            if (!Take(follower, again: false)) return;
        }

        Ask(follower);
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

    // Both ends on this node: neither needs to be looked for, and the stop here and the start there are on one clock.
    private void MeetOtherEnd(GuestFollower follower)
    {
        foreach (var other in _followers.Values)
        {
            if (!other.IsOtherEndOf(follower) || (other.Tracker is null && follower.Tracker is null)) continue;
            if (_options.NodeName() is not { } node) return;
            SetPeer(other, node);
            SetPeer(follower, node);
        }
    }

    private void RunsHere(GuestFollower destination, TimeSpan at)
    {
        foreach (var source in _active)
        {
            if (!source.IsOtherEndOf(destination) || source.Tracker is not { StoppedAt: { } stopped } tracker || at < stopped) continue;
            tracker.RunsThere(at);
            destination.Tracker?.StoodStill(at - stopped);
            Change(source);
        }
    }

    private MigrationOutcome? OutcomeOfOther(GuestFollower follower)
    {
        foreach (var other in _followers.Values)
        {
            if (other.IsOtherEndOf(follower) && other.RecentOutcome is { } outcome) return outcome;
        }

        return null;
    }

    private void SeekPeer(GuestFollower follower)
    {
        if (follower.SoughtPeer || follower.Tracker is not { IsOver: false } tracker || tracker.Status.Phase < MigrationPhase.Active) return;
        follower.SoughtPeer = true;
        if (tracker.Status.Peer is null) SeekPeer(follower, tracker.Status.Id);
    }

    private void SeekPeer(GuestFollower follower, string migration) => _ = Task.Run(() => FindPeer(follower, migration));

    private void FindPeer(GuestFollower follower, string migration)
    {
        var peer = _options.FindPeer(follower.Guest.Process);
        if (peer is null) return;
        lock (_lock)
        {
            if (follower.Tracker?.Status is not { Peer: null } status || status.Id != migration) return;
            SetPeer(follower, peer);
            Publish();
        }
    }

    private void SetPeer(GuestFollower follower, string peer)
    {
        if (follower.Tracker is not { } tracker) return;
        tracker.SetPeer(peer);
        BecomeDue(follower);
    }

    private void BecomeDue(GuestFollower follower)
    {
        if (follower.IsDue) return;
        follower.IsDue = true;
        _changed.Add(follower);
    }
}
