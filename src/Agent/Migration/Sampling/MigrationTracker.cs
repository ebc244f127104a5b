using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>
/// One migration: what its source says goes in, how it stands comes out. Asks nobody and has no clock: every call says when it is. A sample
/// allocates nothing.
/// </summary>
internal sealed partial class MigrationTracker
{
    /// <summary>How long the source's word is waited for once the guest's process is gone.</summary>
    public static readonly TimeSpan LastWord = TimeSpan.FromSeconds(2);

    /// <summary>How long the last statistics are waited for once it is over: a question that is under way, and another one.</summary>
    public static readonly TimeSpan LastStatistics = TimeSpan.FromSeconds(5);

    /// <summary>How long a job may be missing before that counts as its end: libvirt tells of a success a moment after it forgot the job.</summary>
    private static readonly TimeSpan s_jobless = TimeSpan.FromSeconds(1);

    private readonly MigrationForecaster _forecaster = new();
    private readonly SteadyTime _time;
    private readonly double? _measured;
    private MigrationStatus _status;
    private PassesSeen _passes;
    private readonly OpenMigration? _resumed;
    private TimeSpan? _runsHereSince;
    private bool _isKnown;

    public MigrationTracker(in MigrationBegin begin)
    {
        (_time, _measured) = (begin.Time, begin.MeasuredDirtyBytesPerSecond);
        _status = new MigrationStatus(begin.Id, begin.Guest, begin.Direction)
        {
            Source = begin.Source,
            Phase = MigrationPhase.Setup,
            Started = begin.Time.Date,
            FoundUnderWay = begin.FoundUnderWay,
        };
    }

    /// <summary>Goes on with what the process of the agent before this one knew.</summary>
    public MigrationTracker(OpenMigration open, in MigrationBegin begin)
        : this(begin)
    {
        var known = open.SoFar;
        _resumed = open;
        _passes.Skip(known.PassList is [.., var last] ? last.Pass.Number : 0);
        _status = _status with
        {
            Phase = open.Phase,
            Started = known.Started < begin.Time.Date ? known.Started : begin.Time.Date,
            FoundUnderWay = known.FoundUnderWay,
            Peer = known.Peer,
            Trigger = known.Trigger,
            Downtime = known.Downtime,
            Sample = new MigrationSample(begin.Time.Origin)
            {
                // As of the time when the rest was written.
                Elapsed = known.Ended > known.Started ? known.Ended - known.Started : null,
                DirtyBytesPerSecond = known.DirtyBytesPerSecond,
                TotalBytes = known.MemoryBytes,
                TransferredBytes = known.TransferredBytes,
                Pass = known.Passes,
                ThrottlePercent = known.ThrottlePercent > 0 ? known.ThrottlePercent : null,
            },
        };
        _status = _status with { Forecast = BegunForecast };
    }

    public ref readonly MigrationStatus Status => ref _status;

    /// <summary>There is something to publish.</summary>
    public bool IsChanged { get; private set; } = true;

    /// <summary>It ended, and nothing changes any more.</summary>
    public bool IsOver => _status.Ended is not null;

    /// <summary>The source may be asked for a sample.</summary>
    public bool CanBeAsked => !IsOver && _leftAt is null;

    /// <summary>Each tick asks: the destination has no counters.</summary>
    public bool IsAskedByTick => CanBeAsked && (!IsIncoming || AwaitsStatistics);

    /// <summary>When the guest stopped, as long as it stands still.</summary>
    public TimeSpan? StoppedAt { get; private set; }

    public void Heard(in SourceEvent heard)
    {
        if (IsOver) return;
        switch (heard.Kind)
        {
            case SourceEventKind.Phase when heard.Phase.IsTerminal():
                (_word, _wordAt) = (heard.Phase, heard.At);
                if (_leftAt is not null && !HasNotArrived) EndBy(heard.Phase, heard.At);
                break;
            case SourceEventKind.Phase when heard.Phase != MigrationPhase.None:
                Take(new MigrationSample(heard.At) { Phase = heard.Phase }, heard.At);
                break;
            case SourceEventKind.Pass:
                _forecaster.Synced(heard.Pass, heard.At);
                break;
            case SourceEventKind.Stopped:
                StoppedAt ??= heard.At;
                break;
            case SourceEventKind.Resumed when IsIncoming:
                _runsHereSince ??= heard.At;
                break;
            case SourceEventKind.Resumed when !_status.Phase.IsPostcopy():
                StoppedAt = null;
                break;
            case SourceEventKind.Completed:
                Sampled(heard.Statistics with { Phase = heard.Statistics.Phase is { } phase && phase.IsTerminal() ? phase : MigrationPhase.Completed });
                break;
            case SourceEventKind.Lost:
                Missed(heard.Reason ?? "the connection to what runs the guest is lost");
                break;
        }
    }

    /// <summary>The source answered.</summary>
    public void Sampled(in MigrationSample sample)
    {
        if (IsOver) return;
        SetLimitation(null);
        if (sample.Phase is null or MigrationPhase.None && sample.TotalBytes is null)
        {
            Jobless(sample.At);
            return;
        }

        _joblessSince = null;
        Take(sample, sample.At);
        if (sample.Phase is not { } phase || !phase.IsTerminal()) return;
        if (phase == MigrationPhase.Failed && IsIncoming) NotArrived(sample);
        else End(EndText.OutcomeOf(phase), EndOf(sample), sample.Error);
    }

    /// <summary>The source gave no answer: what was known stays.</summary>
    public void Missed(string reason)
    {
        if (IsOver) return;
        SetLimitation(reason);
        if (_word is { } word && !HasNotArrived) EndBy(word, _wordAt);
    }

    /// <summary>The destination runs, as its own events say, on the same clock.</summary>
    public void RunsThere(TimeSpan at)
    {
        if (IsOver || StoppedAt is not { } stopped || at < stopped) return;
        Take(new MigrationSample(at) { ObservedDowntime = at - stopped }, at);
    }

    /// <summary>For the end that has no counters: how long the guest stood still.</summary>
    public void StoodStill(TimeSpan downtime)
    {
        if (IsOver) return;
        (_status, IsChanged) = (_status with { Downtime = downtime }, true);
    }

    public void SetPeer(string peer)
    {
        if (IsOver || _status.Peer == peer) return;
        (_status, IsChanged) = (_status with { Peer = peer }, true);
    }

    /// <summary>Only the source has counters and passes: what was taken for a destination is none.</summary>
    public void IsSource()
    {
        if (!IsOver && IsIncoming) (_status, IsChanged) = (_status with { Direction = MigrationDirection.Outgoing }, true);
    }

    public void SetSource(GuestSourceKind source)
    {
        if (!IsOver && _status.Source != source) (_status, IsChanged) = (_status with { Source = source }, true);
    }

    /// <summary>Tells the store what is new.</summary>
    public void Publish(in MigrationBatch batch, TimeSpan now)
    {
        if (!IsChanged) return;
        IsChanged = false;
        var at = _time.At(now);
        if (!_isKnown)
        {
            _isKnown = true;
            PublishBegin(batch, at);
            if (_passes.Count == 0 && !IsOver) return;
        }

        for (var i = 0; i < _passes.Count; i++) batch.Pass(_status.Id, _passes[i], at);
        _passes.Taken();
        batch.Put(_status, at);
    }

    private bool IsIncoming => _status.Direction == MigrationDirection.Incoming;

    private void PublishBegin(in MigrationBatch batch, DateTimeOffset at)
    {
        // Where it is over already, its end is told as what comes after this.
        var begun = IsOver ? _status with { Phase = _resumed?.Phase ?? MigrationPhase.Active, Ended = null, Outcome = null, Forecast = BegunForecast } : _status;
        if (_resumed is { } open) batch.Resume(begun, at, open.SoFar);
        else batch.Put(begun, at);
    }

    private MigrationForecast BegunForecast => new(_time.Origin, _resumed is { SoFar.Verdicts: [.., var last] } ? last.Verdict : MigrationVerdict.TooEarly);

    private void Take(in MigrationSample sample, TimeSpan at)
    {
        var sane = SampleFilter.Sane(sample);
        if (sane.Phase is { } said && PhaseOrder.IsBehind(said, _status.Phase)) sane = sane with { Phase = _status.Phase };
        if (_status.SampledAt is null && _status.FoundUnderWay | _resumed is not null && sane.Pass is { } begun) _passes.Skip(begun);
        if (!IsIncoming) Forecast(sane with { MeasuredDirtyBytesPerSecond = sane.MeasuredDirtyBytesPerSecond ?? _measured });
        var good = LastGood.Of(_status.Sample, sane);
        _status = _status with
        {
            Phase = sane.Phase is { } phase && !phase.IsTerminal() ? phase : _status.Phase,
            Sample = good,
            SampledAt = sane.TotalBytes is null ? _status.SampledAt : _time.At(at),
            Downtime = good.Downtime ?? good.ObservedDowntime ?? _status.Downtime,
        };
        IsChanged = true;
    }

    private void Forecast(in MigrationSample sample)
    {
        var forecast = _forecaster.Add(sample);
        if (IsIncoming && !forecast.Verdict.IsTerminal()) return;
        _passes.Look(_forecaster);
        _status = _status with { Forecast = forecast };
    }

    private void SetLimitation(string? limitation)
    {
        if (_status.Limitation == limitation) return;
        (_status, IsChanged) = (_status with { Limitation = limitation }, true);
    }
}
