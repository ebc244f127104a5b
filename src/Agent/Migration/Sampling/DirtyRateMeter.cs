using System.Globalization;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Sampling;

/// <summary>Measures dirty rates, a few at once on the node: each makes a guest's VMM work.</summary>
public sealed class DirtyRateMeter : IDirtyRateMeter
{
    /// <summary>At once, on the whole node.</summary>
    public const int AtOnce = 4;

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);
    private readonly MigrationSampler _sampler;
    private readonly TimeProvider _clock;
    private long _interval;
    private int _running;

    /// <param name="sampler">Has the sources.</param>
    /// <param name="interval">The least time between two measurements of a guest.</param>
    /// <param name="clock">Of that time.</param>
    public DirtyRateMeter(MigrationSampler sampler, TimeSpan interval, TimeProvider clock)
    {
        (_sampler, _clock) = (sampler, clock);
        Configure(interval);
    }

    public void Configure(TimeSpan interval) => Volatile.Write(ref _interval, interval.Ticks);

    public async Task<DirtyRate> MeasureAsync(string uuid, DirtyRateMode mode, TimeSpan period, CancellationToken cancellation)
    {
        if (period < s_shortest || period > s_longest)
        {
            throw new GuestSourceException(GuestSourceFault.Unsupported, string.Create(CultureInfo.InvariantCulture, $"measure the dirty rate of guest {uuid}: expected a period from 1 s to 60 s, found {period.TotalSeconds:0.###} s"));
        }

        if (Interlocked.Increment(ref _running) > AtOnce)
        {
            Interlocked.Decrement(ref _running);
            throw Busy($"{AtOnce} dirty rates are being measured on this node, and no more at once: try again when they are done");
        }

        try
        {
            using var loan = _sampler.Borrow(uuid, Refusal, out var why) ?? throw why!;
            return await MeasureAsync(loan, mode, period, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static GuestSourceException Busy(string message) => new(GuestSourceFault.Busy, message);

    private async Task<DirtyRate> MeasureAsync(GuestLoan loan, DirtyRateMode mode, TimeSpan period, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, loan.Taken);
        try
        {
            var rate = await loan.Source.MeasureAsync(mode, period, either.Token).ConfigureAwait(false);
            _sampler.Measured(loan.Guest.Process, rate);
            return rate;
        }
        catch (OperationCanceledException) when (loan.Taken.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Busy($"the dirty rate of {loan.Guest.Domain} was not measured: a migration of it began, or it ended");
        }
    }

    private GuestSourceException? Refusal(GuestFollower guest)
    {
        var domain = guest.Guest.Domain;
        if (guest.Source is null) return new GuestSourceException(GuestSourceFault.Unsupported, $"the dirty rate of {domain} cannot be measured: {guest.State.Limitation ?? "its source is not open yet"}");
        if (guest.Tracker is not null) return Busy($"{domain} migrates: its dirty rate is not measured meanwhile, since that would hold up the migration; the migration's own forecast has it");
        if (guest.Measurement is not null) return Busy($"the dirty rate of {domain} is being measured");
        if (guest.IsBusy) return Busy($"{domain} is being asked for its state: try again in a moment");
        var interval = new TimeSpan(Volatile.Read(ref _interval));
        if (guest.MeasuredAt is not { } measured || _clock.GetElapsedTime(0) - measured >= interval) return null;
        return Busy(string.Create(CultureInfo.InvariantCulture, $"{domain} was measured less than {interval.TotalSeconds:0.#} s ago (migration.measureInterval){Last(guest)}"));
    }

    private static string Last(GuestFollower guest) => guest.State.DirtyRate is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $": {rate.BytesPerSecond / 1048576.0:0.#} MiB/s at {rate.MeasuredAt:u}")
        : "";
}
