using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <content>From a guest that came to a source that was looked at once.</content>
public sealed partial class MigrationSampler
{
    private async Task OpenAsync(GuestFollower follower)
    {
        try
        {
            var source = await _opener.OpenAsync(follower.Guest, reason => Limit(follower, reason), follower.Life.Token).ConfigureAwait(false);
            if (source is null)
            {
                lock (_lock)
                {
                    if (follower.IsGone) return;
                    CannotBeRead(follower, follower.State.Limitation ?? "it has neither a libvirt nor a monitor: give the agent one of its own (-qmp unix:PATH,server=on,wait=off)");
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
            lock (_lock)
            {
                if (follower is { Source: null, IsGone: false }) CannotBeRead(follower, $"its source cannot be opened: {e.Message}");
            }
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

    private void CannotBeRead(GuestFollower follower, string why)
    {
        follower.CannotBeRead(why);
        CloseSource(follower);
        Change(follower);
        Publish();
        _log.NotFollowed(SafeText.Of(GuestName.Of(follower.Guest)), follower.Guest.Process.Pid, SafeText.Of(why));
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
}
