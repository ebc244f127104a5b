using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Drain;

/// <summary>
/// One guest's migration before it begins: passes as <see cref="PassSimulation"/> plays them, with the dirty rate measured, at its
/// share of the bandwidth. From one measured rate alone the curve of what is dirtied is bounded: a set of what was dirtied within
/// the period, written over and over, is the least, a straight line the most.
/// </summary>
internal static class GuestRules
{
    /// <summary>The share of memory that may be all there is to send where nobody knows what is resident, and of what is resident.</summary>
    private const double LeastNonZero = 0.25;
    private const double LeastOfResident = 0.8;

    /// <summary>What the bandwidth may be off by, and any measurement.</summary>
    private const double RateError = 0.06;
    private const double LeastError = 0.1;
    private const double MostError = 0.6;

    /// <summary>Pages of each GiB that QEMU looks at in page sampling, unless told otherwise.</summary>
    private const double SampledPages = 512;

    /// <summary>A guest that dirties more than this share of what is sent may write its hot set over before a pass is done: nobody can tell from one rate.</summary>
    private const double SlowShare = 0.5;

    /// <summary>Seconds to connect both ends and to switch over.</summary>
    private const double MostSetup = 4;

    /// <summary>Of a guest that was never measured the latest end is for one that dirties half of what is sent; the note at it says so.</summary>
    private const double UnmeasuredShare = 0.5;

    /// <summary>The rate of writes as a measurement tells it is rather too low.</summary>
    private const double WrittenMargin = 1.25;

    public static GuestDrain Of(DrainGuest guest, double? share, DrainQuestion question)
    {
        if (guest.Running is { } running && !running.Forecast.Verdict.IsTerminal()) return UnderWay(guest, running.Forecast, share);
        var blockers = DrainText.Blockers(guest);
        var answer = new GuestDrain(guest) { BytesPerSecond = share, Blockers = blockers, Unknowns = DrainText.Unknowns(guest, question.Now) };
        if (blockers.Count > 0) return answer;
        answer = answer with { Verdict = MigrationVerdict.TooEarly };
        return share is { } rate && guest.State.Guest.MemoryBytes is { } memory ? Ahead(answer, memory, rate, question.DowntimeLimit) : answer;
    }

    private static GuestDrain UnderWay(DrainGuest guest, MigrationForecast forecast, double? share)
    {
        var stuck = forecast.Verdict is MigrationVerdict.WillNotConverge or MigrationVerdict.Stagnating;
        return new GuestDrain(guest)
        {
            Verdict = forecast.Verdict,
            LowSeconds = forecast.RemainingSecondsLow ?? 0,
            HighSeconds = forecast.RemainingSecondsHigh,
            ExpectedDowntimeMilliseconds = forecast.ExpectedDowntimeMilliseconds,
            BytesPerSecond = forecast.TransferBytesPerSecond > 0 ? forecast.TransferBytesPerSecond : share,
            NeedsBytesPerSecond = forecast.NeedsBytesPerSecond,
            PostcopySeconds = forecast.PostcopySeconds,
            Factor = ForecastText.Factor(forecast),
            Advice = ForecastText.Advice(forecast),
            Blockers = stuck ? [DrainText.Stuck(forecast)] : [],
        };
    }

    private static GuestDrain Ahead(GuestDrain answer, long memory, double rate, TimeSpan downtime)
    {
        double most = memory, least = LeastNonZero * memory;
        if (answer.Guest.ResidentBytes is { } resident) (most, least) = (Math.Min(memory, resident), LeastOfResident * Math.Min(memory, resident));
        var (fast, slow) = (rate * (1 + RateError), rate * (1 - RateError));
        var measured = answer.Guest.State.DirtyRate;
        if (measured is null)
        {
            var unmeasured = Play(most, slow, downtime, DirtyCurve.Straight(UnmeasuredShare * slow, 1));
            return answer with { LowSeconds = least / fast, HighSeconds = unmeasured.Seconds + MostSetup, Factor = DrainText.Factor(rate, null) };
        }

        var period = Math.Max(0.1, measured.Period.TotalSeconds);
        var within = measured.BytesPerSecond * period;
        var error = ErrorOf(measured, memory);
        var first = Play(least, fast, downtime, AtLeast((1 - error) * within, period));
        var likely = Play(most, rate, downtime, DirtyCurve.Straight(within, period));
        var last = Play(most, slow, downtime, DirtyCurve.Straight((1 + error) * within, period));
        var blocks = measured.BytesPerSecond >= rate && within > rate * downtime.TotalSeconds;
        answer = answer with { LowSeconds = first.Comes ? first.Seconds : least / fast, Factor = DrainText.Factor(rate, measured.BytesPerSecond) };
        if (blocks) return Blocked(answer, measured.BytesPerSecond, rate, memory);
        return answer with
        {
            Verdict = last.Comes && measured.BytesPerSecond <= SlowShare * rate ? MigrationVerdict.Converging : MigrationVerdict.Slow,
            HighSeconds = last.Comes ? last.Seconds + MostSetup : null,
            ExpectedDowntimeMilliseconds = likely.Comes ? 1000 * Math.Min(likely.Bytes / rate, downtime.TotalSeconds) : null,
        };
    }

    /// <summary>Twice the standard deviation of finding that share of pages dirty among those looked at.</summary>
    private static double ErrorOf(DirtyRate measured, long memory)
    {
        if (measured.Mode != DirtyRateMode.PageSampling || measured.BytesPerSecond <= 0) return LeastError;
        var share = Math.Min(1, measured.BytesPerSecond * measured.Period.TotalSeconds / memory);
        var looked = Math.Max(1, SampledPages * memory / (1 << 30));
        return Math.Clamp(2 * Math.Sqrt((1 - share) / (share * looked)), LeastError, MostError);
    }

    private static GuestDrain Blocked(GuestDrain answer, double dirtied, double rate, long memory)
    {
        var needs = WrittenMargin * dirtied;
        return answer with
        {
            Verdict = MigrationVerdict.WillNotConverge,
            NeedsBytesPerSecond = needs,
            PostcopySeconds = memory / rate,
            Advice = DrainText.Advice(needs),
            Blockers = [DrainText.DirtiesTooFast(dirtied, rate, needs)],
        };
    }

    private static Switchover Play(double bytes, double rate, TimeSpan downtime, in DirtyCurve curve) =>
        PassSimulation.Run(bytes, 0, rate, rate * downtime.TotalSeconds, limited: false, curve);

    /// <summary>Never more than this, and about so much after the period.</summary>
    private static DirtyCurve AtLeast(double bytes, double seconds) => bytes > 0 ? new(bytes, seconds, bytes, bytes / seconds, 0) : DirtyCurve.Straight(0, seconds);
}
