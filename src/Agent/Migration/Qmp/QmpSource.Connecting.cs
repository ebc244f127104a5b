using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <content>Its connection: made, lost and made again for as long as the guest lives and nobody else takes the monitor.</content>
internal sealed partial class QmpSource
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(60);

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var connection = await _door.OpenAsync(_guest.Process, _path, this, cancellation).ConfigureAwait(false);
        try
        {
            _limits = default;
            _limitsAt = null;
            await ReadCapabilitiesAsync(connection, cancellation).ConfigureAwait(false);

            // It is there to be closed before it is asked whether that was missed.
            Interlocked.Exchange(ref _connection, connection);
            cancellation.ThrowIfCancellationRequested();
        }
        catch
        {
            Volatile.Write(ref _connection, null);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _log.Connected((await connection.Greeting.ConfigureAwait(false)).ToString(), _guest.Process.Pid, _path);
    }

    private async Task LiveAsync()
    {
        try
        {
            var pause = s_firstPause / 2;
            while (_connection is { } connection)
            {
                var since = _time.GetTimestamp();
                var reason = await connection.Ended.ConfigureAwait(false);
                _stop.Token.ThrowIfCancellationRequested();
                _lost = _shutDown ? $"QEMU (pid {_guest.Process.Pid}) shut down" : reason;
                Volatile.Write(ref _connection, null);
                await connection.DisposeAsync().ConfigureAwait(false);
                if (!_shutDown) _log.Lost(_lost, _path);
                Tell(new SourceEvent(SourceEventKind.Lost, SourceClock.Now) { Reason = _lost });

                // One that is lost as soon as it is there is not begged for every second.
                pause = _time.GetElapsedTime(since) < s_longestPause ? Longer(pause) : s_firstPause;
                if (!await ReconnectAsync(pause).ConfigureAwait(false)) return;
                Tell(new SourceEvent(SourceEventKind.Look, SourceClock.Now));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;

    private async Task<bool> ReconnectAsync(TimeSpan pause)
    {
        for (; ; pause = Longer(pause))
        {
            await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(false);
            if (!_door.IsAlive(_guest.Process))
            {
                _lost = $"QEMU (pid {_guest.Process.Pid}) has ended";
                return false;
            }

            try
            {
                await ConnectAsync(_stop.Token).ConfigureAwait(false);
                return true;
            }
            catch (GuestSourceException e)
            {
                _lost = e.Message;
                if (e.Fault != GuestSourceFault.Unsupported) continue;
                _log.GivenUp(_path, e.Message);
                Tell(new SourceEvent(SourceEventKind.GivenUp, SourceClock.Now) { Reason = e.Message });
                return false;
            }
        }
    }
}
