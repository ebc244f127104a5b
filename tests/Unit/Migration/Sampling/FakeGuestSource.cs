using System.Threading.Tasks.Sources;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>A guest's source that says what a test tells it to, and counts what it is asked. Answers at once, or when it is told to.</summary>
internal sealed class FakeGuestSource(Guest guest, IGuestSourceObserver observer, Func<TimeSpan> now) : IGuestSource, IValueTaskSource<MigrationSample>
{
    private ManualResetValueTaskSourceCore<MigrationSample> _late;
    private CancellationTokenRegistration _registration;
    private int _asked;
    private int _calls;
    private bool _isAsked;

    public GuestSourceKind Kind { get; init; } = GuestSourceKind.Qmp;

    public MigrationSample Sample { get; set; } = new(default) { Phase = MigrationPhase.None };

    public GuestSourceException? Fault { get; set; }

    /// <summary>Questions wait for <see cref="AnswerNow"/>.</summary>
    public bool AnswersLate { get; set; }

    public DirtyRate LastDirtyRate { get; set; } = new(5 << 20, DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch);

    /// <summary>Ends the measurement under way.</summary>
    public TaskCompletionSource<DirtyRate> Measurement { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Blockers { get; set; } = [];

    public int Asked => Volatile.Read(ref _asked);

    public int Measured { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Somebody called while another call was under way.</summary>
    public bool WasCalledTwice { get; private set; }

    public bool IsAsked => Volatile.Read(ref _isAsked);

    public void Tell(SourceEventKind kind, MigrationPhase phase = MigrationPhase.None, long pass = 0, MigrationSample statistics = default, string? reason = null) =>
        observer.Heard(guest.Process, new SourceEvent(kind, now()) { Phase = phase, Pass = pass, Statistics = statistics, Reason = reason });

    public ValueTask<MigrationSample> SampleAsync(CancellationToken cancellation)
    {
        Enter();
        Interlocked.Increment(ref _asked);
        if (AnswersLate)
        {
            _late.Reset();
            _registration = cancellation.UnsafeRegister(static (source, _) => ((FakeGuestSource)source!).Fail(new OperationCanceledException()), this);
            Volatile.Write(ref _isAsked, true);
            return new ValueTask<MigrationSample>(this, _late.Version);
        }

        Exit();
        return Fault is { } fault ? ValueTask.FromException<MigrationSample>(fault) : ValueTask.FromResult(Sample with { At = now() });
    }

    /// <summary>The answer to the question that waits.</summary>
    public void AnswerNow()
    {
        if (Fault is { } fault) Fail(fault);
        else if (Take()) _late.SetResult(Sample with { At = now() });
    }

    public async ValueTask<DirtyRate?> LastDirtyRateAsync(CancellationToken cancellation)
    {
        Enter();
        await Task.Yield();
        Exit();
        return LastDirtyRate;
    }

    public async ValueTask<DirtyRate> MeasureAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation)
    {
        Enter();
        try
        {
            Measured++;
            return await Measurement.Task.WaitAsync(cancellation);
        }
        finally
        {
            Exit();
        }
    }

    public ValueTask<IReadOnlyList<string>> BlockersAsync(CancellationToken cancellation) => ValueTask.FromResult(Blockers);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    MigrationSample IValueTaskSource<MigrationSample>.GetResult(short token) => _late.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<MigrationSample>.GetStatus(short token) => _late.GetStatus(token);

    void IValueTaskSource<MigrationSample>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _late.OnCompleted(continuation, state, token, flags);

    private void Fail(Exception fault)
    {
        if (Take()) _late.SetException(fault);
    }

    private bool Take()
    {
        if (!Interlocked.Exchange(ref _isAsked, false)) return false;
        _registration.Unregister();
        Exit();
        return true;
    }

    private void Enter() => WasCalledTwice |= Interlocked.Increment(ref _calls) > 1;

    private void Exit() => Interlocked.Decrement(ref _calls);
}
