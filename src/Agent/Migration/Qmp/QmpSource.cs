using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Queries;
using NodeAgent.Migration.Qmp.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Qmp;

/// <summary>One guest, read over its monitor. Connects again after a loss for as long as the guest lives.</summary>
internal sealed partial class QmpSource : IGuestSource, IQmpListener
{
    /// <summary>A guest whose QEMU does not tell of phases is looked at this often: 0.15 ms of its time each.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Limits are read again this often while it migrates, and at each pass: operators change them on the way.</summary>
    internal static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(5);

    private readonly Guest _guest;
    private readonly string _path;
    private readonly IGuestSourceObserver _observer;
    private readonly QmpDoor _door;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly GuestMemory _memory;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _telling = new();
    private readonly ITimer _looking;
    private readonly MigrateQuery _migrate = new();
    private readonly LimitsQuery _parameters = new(capabilities: false);
    private readonly LimitsQuery _capabilities = new(capabilities: true);
    private readonly FirstProblem _problems = new();
    private QmpConnection? _connection;
    private Task _life = Task.CompletedTask;
    private MigrationLimits _limits;
    private MigrationSample _last;
    private TimeSpan? _limitsAt;
    private bool _open;
    private string? _lost;
    private bool _shutDown;

    private QmpSource(Guest guest, string path, IGuestSourceObserver observer, QmpDoor door, TimeProvider time, ILogger log)
    {
        (_guest, _path, _observer, _door, _time, _log) = (guest, path, observer, door, time, log);
        _memory = door.Memory(guest.Process);
        _looking = time.CreateTimer(static me => _ = ((QmpSource)me!).LookAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public GuestSourceKind Kind => GuestSourceKind.Qmp;

    /// <exception cref="GuestSourceException">The monitor is not free, or does not answer.</exception>
    public static async Task<QmpSource> OpenAsync(Guest guest, string path, IGuestSourceObserver observer, QmpDoor door, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var source = new QmpSource(guest, path, observer, door, time, log);
        try
        {
            await source.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        lock (source._telling) source._open = true;
        source._life = source.LiveAsync();
        return source;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<MigrationSample> SampleAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var passed = _last.Pass;
            await Connection().AskAsync(_migrate, cancellation).ConfigureAwait(false);
            _last = _migrate.Sample;
            if (_last.TotalBytes is not null && (_limitsAt is not { } read || _last.At - read >= Refresh || _last.Pass != passed)) await RefreshLimitsAsync(cancellation).ConfigureAwait(false);
            return _limits.With(_last) with { ResidentBytes = _memory.Resident() };
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<DirtyRate?> LastDirtyRateAsync(CancellationToken cancellation)
    {
        var query = new DirtyRateQuery();
        if (await TryAskAsync(query, cancellation).ConfigureAwait(false) is { } error) return error.IsUnknownCommand ? null : throw Connection().Refused(query, error);
        return query.Reply is { Status: DirtyRateStatus.Measured, BytesPerSecond: { } rate } reply
            ? new DirtyRate(rate, reply.Mode, reply.Period, reply.MeasuredAt(_time.GetUtcNow(), SourceClock.Now))
            : null;
    }

    public async ValueTask<DirtyRate> MeasureAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation) =>
        await new DirtyRateMeasurement(_guest, TryAskAsync, _time).RunAsync(mode, period, cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> BlockersAsync(CancellationToken cancellation)
    {
        var query = new BlockersQuery();
        if (await TryAskAsync(query, cancellation).ConfigureAwait(false) is { } error) throw Connection().Refused(query, error);
        return query.Reasons;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_telling) _open = false;
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_connection is { } connection) await connection.DisposeAsync().ConfigureAwait(false);
        await _life.ConfigureAwait(false);
        await _looking.DisposeAsync().ConfigureAwait(false);
        _memory.Dispose();
    }

    void IQmpListener.Heard(in QmpMessage message, TimeSpan at)
    {
        _problems.Clear();
        at -= Delay(message);
        switch (message.Event)
        {
            case QmpEventKind.Migration when QmpEvents.Phase(message, "data", _problems) is { } phase:
                Tell(new SourceEvent(SourceEventKind.Phase, at) { Phase = phase });
                break;
            case QmpEventKind.MigrationPass when QmpEvents.Pass(message, "data", _problems) is { } pass:
                Tell(new SourceEvent(SourceEventKind.Pass, at) { Pass = pass });
                break;
            case QmpEventKind.Stop:
                Tell(new SourceEvent(SourceEventKind.Stopped, at));
                break;
            case QmpEventKind.Resume:
                Tell(new SourceEvent(SourceEventKind.Resumed, at));
                break;
            case QmpEventKind.Shutdown:
                _shutDown = true;
                break;
        }
    }

    /// <summary>How long an event was on its way: what a busy agent reads together did not happen together. None where the clocks disagree.</summary>
    private TimeSpan Delay(in QmpMessage message) =>
        _time.GetUtcNow() - QmpEvents.Time(message, "timestamp", _problems) is { } delay && delay > TimeSpan.Zero && delay < s_longestDelay ? delay : TimeSpan.Zero;

    private QmpConnection Connection() => Volatile.Read(ref _connection)
        ?? throw new GuestSourceException(GuestSourceFault.Absent, _lost ?? $"QEMU (pid {_guest.Process.Pid}) is not connected to");

    private async ValueTask<QmpError?> TryAskAsync(QmpQuery query, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Connection().TryAskAsync(query, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A sample without new limits is still a sample.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RefreshLimitsAsync(CancellationToken cancellation)
    {
        try
        {
            _parameters.Limits = _limits;
            await Connection().AskAsync(_parameters, cancellation).ConfigureAwait(false);
            _limits = _parameters.Limits;
            await ReadCapabilitiesAsync(Connection(), cancellation).ConfigureAwait(false);
            _limitsAt = _last.At;
        }
        catch (GuestSourceException)
        {
            _limitsAt = _last.At;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadCapabilitiesAsync(QmpConnection connection, CancellationToken cancellation)
    {
        var before = _limits.Events;
        _capabilities.Limits = _limits;
        await connection.AskAsync(_capabilities, cancellation).ConfigureAwait(false);
        _limits = _capabilities.Limits;
        if (_limits.Events == before) return;
        if (_limits.Events is true)
        {
            _looking.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        _log.NoEvents(_guest.Process.Pid, Look.TotalSeconds);
        _looking.Change(Look, Look);
    }

    /// <summary>Asks a guest that does not tell, unless somebody else asks it anyway.</summary>
    private async Task LookAsync()
    {
        if (Volatile.Read(ref _connection) is not { } connection || SourceClock.Now - _last.At < Look / 2 || !_turn.Wait(0)) return;
        bool changed;
        try
        {
            var before = _last;
            await connection.AskAsync(_migrate, _stop.Token).ConfigureAwait(false);
            _last = _migrate.Sample;
            changed = _last.Phase != before.Phase || (_last.Phase is { } phase && phase.IsTerminal() && _last.Elapsed != before.Elapsed);

            // It may have been told to tell.
            if (changed) await ReadCapabilitiesAsync(connection, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is GuestSourceException or OperationCanceledException)
        {
            return;
        }
        finally
        {
            _turn.Release();
        }

        if (changed) Tell(new SourceEvent(SourceEventKind.Look, SourceClock.Now));
    }

    private void Tell(in SourceEvent heard)
    {
        lock (_telling)
        {
            if (_open) _observer.Heard(_guest.Process, in heard);
        }
    }
}
