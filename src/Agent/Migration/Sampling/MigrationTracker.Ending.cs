using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <content>How it ends: by a word of its source, which statistics follow; by what the other end says; or by what is missing for too long.</content>
internal sealed partial class MigrationTracker
{
    private MigrationPhase? _word;
    private TimeSpan _wordAt;
    private string? _wordReason;
    private TimeSpan? _joblessSince;
    private TimeSpan? _leftAt;

    /// <summary>It ended by the source's word; the last statistics are still to come.</summary>
    public bool AwaitsStatistics => _word is not null && CanBeAsked;

    /// <summary>How the other end of it ended would say how it did.</summary>
    public bool AwaitsOther => !IsOver && (_leftAt is not null || _joblessSince is not null || HasNotArrived);

    /// <summary>A destination knows that its migration failed, and not why: its source may, or may have cancelled it.</summary>
    private bool HasNotArrived => IsIncoming && _word == MigrationPhase.Failed;

    /// <summary>The guest's process ended.</summary>
    public void Left(TimeSpan at)
    {
        if (IsOver) return;
        if (_word is { } word && !HasNotArrived) EndBy(word, at);
        else _leftAt ??= at;
    }

    /// <summary>Time went on; ends what was waited for in vain.</summary>
    /// <param name="now">The time.</param>
    /// <param name="other">How the other end of it, on this node too, ended; null: there is none, or it has not.</param>
    public void Review(TimeSpan now, OtherEnd? other)
    {
        if (IsOver) return;
        if (HasNotArrived)
        {
            if (other is not null || now - _wordAt >= LastWord) EndNotArrived(other);
        }
        else if (_word is { } word && now - _wordAt >= LastStatistics) EndBy(word, _wordAt);
        else if (_runsHereSince is { } runs && !_status.Phase.IsPostcopy() && now - runs >= LastWord) End(MigrationOutcome.Completed, runs, null);
        else if (_leftAt is { } left && (other is not null || now - left >= LastWord)) EndGone(left, other);
        else if (_joblessSince is { } jobless && _leftAt is null && now - jobless >= (StoppedAt is null ? s_jobless : LastWord)) EndJobless(jobless, other);
    }

    /// <summary>Ends it without a word of its source.</summary>
    public void End(MigrationOutcome outcome, TimeSpan at, string? reason)
    {
        if (IsOver) return;
        var phase = outcome switch
        {
            MigrationOutcome.Completed => MigrationPhase.Completed,
            MigrationOutcome.Failed => MigrationPhase.Failed,
            MigrationOutcome.Cancelled => MigrationPhase.Cancelled,
            _ => _status.Phase,
        };
        if (phase.IsTerminal() && _status.Forecast.Verdict != EndText.VerdictOf(phase)) Forecast(new MigrationSample(at) { Phase = phase, Error = reason });
        var ended = _time.At(at);
        _status = _status with
        {
            Phase = phase,
            Outcome = outcome,
            Ended = ended > _status.Started ? ended : _status.Started,
            Error = outcome == MigrationOutcome.Completed ? null : reason ?? _status.Sample.Error ?? (outcome == MigrationOutcome.Failed ? EndText.UnknownReason : null),
            Forecast = _status.Forecast with { RemainingSecondsLow = null, RemainingSecondsHigh = null },
            Limitation = outcome == MigrationOutcome.Unknown ? _status.Limitation : null,
        };
        IsChanged = true;
    }

    // One that was taken up again may have ended while the agent was away: the source knows how long it took.
    private TimeSpan EndOf(in MigrationSample sample)
    {
        if (_resumed is null || sample.Elapsed is not { } elapsed) return sample.At;
        var end = _time.Origin + (_status.Started + elapsed - _time.Date);
        return end < sample.At ? end : sample.At;
    }

    private void NotArrived(in MigrationSample sample)
    {
        if (_word is null) _wordAt = sample.At;
        (_word, _wordReason) = (MigrationPhase.Failed, _wordReason ?? sample.Error);
    }

    private void EndBy(MigrationPhase word, TimeSpan at) => End(EndText.OutcomeOf(word), at, null);

    private void EndGone(TimeSpan at, OtherEnd? other)
    {
        var outcome = other?.Outcome ?? MigrationOutcome.Unknown;
        if (outcome is MigrationOutcome.Completed or MigrationOutcome.Cancelled) End(outcome, at, EndText.OfOther(other));
        else if (outcome == MigrationOutcome.Unknown && _runsHereSince is { } runs) End(MigrationOutcome.Completed, runs, null);
        else if (IsIncoming) End(MigrationOutcome.Failed, at, EndText.AtDestination(EndText.DestinationGone, other));
        else End(outcome, at, EndText.ProcessGone(_status));
    }

    private void EndNotArrived(OtherEnd? other)
    {
        if (other is { Outcome: MigrationOutcome.Cancelled }) End(MigrationOutcome.Cancelled, _wordAt, EndText.OfOther(other));
        else End(MigrationOutcome.Failed, _wordAt, _wordReason ?? EndText.AtDestination(_runsHereSince is null ? EndText.NotArrived : EndText.NotAllArrived, other));
    }

    private void EndJobless(TimeSpan at, OtherEnd? other)
    {
        if (_word is { } word) EndBy(word, at);
        else if (other is { Outcome: MigrationOutcome.Completed }) End(MigrationOutcome.Completed, at, null);
        else End(MigrationOutcome.Cancelled, at, EndText.NoJob);
    }

    private void Jobless(TimeSpan at)
    {
        if (_word is { } word) EndBy(word, at);
        else if (!IsIncoming) _joblessSince ??= at;
        else if (_runsHereSince is { } runs) End(MigrationOutcome.Completed, runs, null);
    }
}
