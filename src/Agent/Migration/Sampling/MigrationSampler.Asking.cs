using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <content>Questions and answers: at most one under way for each guest.</content>
public sealed partial class MigrationSampler
{
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

            if (_outstanding == 0) Publish();
            else if (_changed.Count > 0) PublishSoon();
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
            // Of a tick the last answer is published with the others; one that no tick asked for, and an end, at once, unless many migrate.
            var isOfTick = follower.Round > 0;
            var isLast = isOfTick && follower.Round == _round && --_outstanding == 0;
            follower.Round = 0;
            if (isLast || (!IsCrowded && (!isOfTick || follower.Tracker is null or { IsOver: true }))) Publish();
            else if (isOfTick) PublishSoon();
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
}
