using System.Threading.Tasks.Sources;
using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>
/// The call that asks for a guest's job, used again and again: its answer is a sample. Where a job is over it goes out once more, for the
/// record of it. One caller at a time.
/// </summary>
/// <param name="domain">Whose job.</param>
/// <param name="tracker">What its answers mean.</param>
internal sealed class SampleCall(RemoteDomain domain, JobTracker tracker) : Call, IValueTaskSource<MigrationSample>, IThreadPoolWorkItem
{
    private readonly byte[] _job = Requests.JobStats(domain);
    private readonly byte[] _record = Requests.JobRecord(domain);

    private ManualResetValueTaskSourceCore<MigrationSample> _core;
    private MigrationSample _sample;
    private Exception? _exception;
    private CancellationTokenRegistration _registration;
    private LibvirtConnection? _connection;
    private bool _asksForRecord;
    private bool _isGone;
    private uint _givenUp;

    public ValueTask<MigrationSample> AskAsync(LibvirtConnection connection, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<MigrationSample>(cancellation);
        if (_givenUp != 0 && connection == _connection && connection.IsOwed(_givenUp)) return ValueTask.FromException<MigrationSample>(StillOwed());
        _core.Reset();
        (_connection, _asksForRecord, _isGone, _givenUp, _exception) = (connection, false, false, 0, null);
        connection.Send(_job, this);
        if (cancellation.CanBeCanceled) _registration = cancellation.UnsafeRegister(static (call, token) => ((SampleCall)call!).Cancel(token), this);
        return new ValueTask<MigrationSample>(this, _core.Version);
    }

    public MigrationSample GetResult(short token)
    {
        _registration.Unregister();
        _registration = default;
        return _core.GetResult(token);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    void IThreadPoolWorkItem.Execute()
    {
        if (_exception is { } exception) _core.SetException(exception);
        else _core.SetResult(_sample);
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    internal override void Answer(bool failed, ref XdrReader reader)
    {
        if (failed) TakeError(ref reader);
        else if (_asksForRecord) TakeRecord(JobStatistics.Read(ref reader, SourceClock.Now));
        else if (tracker.Take(JobStatistics.Read(ref reader, SourceClock.Now)) is { } sample) End(sample);
        else AskForRecord();
    }

    internal override void Fail(GuestSourceException why)
    {
        _givenUp = Serial;
        End(default, why);
    }

    /// <summary>
    /// The caller goes on as a work item of its own: what receives must go on receiving, whatever the caller does. As a rule that is upon the
    /// same thread, next. The core would do so, too, but allocate.
    /// </summary>
    private void End(in MigrationSample sample, Exception? exception = null)
    {
        (_sample, _exception) = (sample, exception);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private void TakeError(ref XdrReader reader)
    {
        var whole = reader;
        var code = RemoteError.ReadCode(ref reader);
        if (code == RemoteError.OperationUnsupported) End(tracker.Arriving(SourceClock.Now));
        else if (code is not (RemoteError.OperationInvalid or RemoteError.NoDomain)) End(default, new GuestSourceException(GuestSourceFault.Failed, $"{_connection?.Name} does not tell the job of domain {domain.Shown}: {RemoteError.Read(ref whole).Message}"));
        else if (_asksForRecord || code == RemoteError.NoDomain) Ended(null);
        else AskForRecord(isGone: true);
    }

    private void AskForRecord(bool isGone = false)
    {
        (_asksForRecord, _isGone) = (true, isGone);
        _connection!.Send(_record, this);
    }

    private void TakeRecord(in JobStatistics record) => Ended(tracker.TakeRecord(record));

    private void Ended(MigrationSample? recorded)
    {
        var at = SourceClock.Now;
        var sample = recorded ?? (_asksForRecord && !_isGone ? tracker.Cancelled(at) : tracker.Gone(at));
        if (sample is { } known) End(known);
        else End(default, new GuestSourceException(GuestSourceFault.Absent, $"{_connection?.Name} does not run domain {domain.Shown} any more, and keeps no record of a migration of it"));
    }

    private void Cancel(CancellationToken cancellation)
    {
        if (_connection?.GiveUp(this) is not true) return;
        _givenUp = Serial;
        End(default, new OperationCanceledException(cancellation));
    }

    private GuestSourceException StillOwed() =>
        new(GuestSourceFault.Failed, $"{_connection?.Name} still has not answered an earlier request for the job of domain {domain.Shown}: another job of the guest, or its QEMU, is in the way");
}
