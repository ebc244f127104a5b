using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <content>Where a migration goes to or comes from.</content>
public sealed partial class MigrationSampler
{
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

    private OtherEnd? OutcomeOfOther(GuestFollower follower)
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
}
