using NodeAgent.Migration.Model;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>
/// A migration as QEMU runs it under a bandwidth limit: looks once in 100 ms whether less remains than may be sent within the
/// downtime limit, syncs then, and switches over if that is still so. The guest writes at a steady rate to a set of pages.
/// </summary>
internal sealed record SimulatedMigration
{
    public const double MiB = 1 << 20;
    private const double Window = 0.1;
    private const int WindowsASample = 3;

    public double Memory { get; init; } = 512 * MiB;

    /// <summary>Bytes per second.</summary>
    public double Bandwidth { get; init; } = 40 * MiB;

    public double DowntimeLimit { get; init; } = 0.3;

    /// <summary>Bytes per second written to pages that are not dirty yet.</summary>
    public double Dirtied { get; init; } = 10 * MiB;

    /// <summary>Bytes that are written over and over.</summary>
    public double Set { get; init; } = 128 * MiB;

    public double Longest { get; init; } = 120;

    /// <summary>Samples at 3.3 Hz, the last one with the end where it ended; null in place of the end's seconds where it did not.</summary>
    public (List<MigrationSample> Samples, double? End) Run()
    {
        var samples = new List<MigrationSample>();
        double remaining = Memory, sent = 0, synced = 0, rate = 0;
        long pass = 1;
        for (var window = 0; window * Window < Longest; window++)
        {
            var now = window * Window;
            if (remaining < Bandwidth * DowntimeLimit)
            {
                var dirtied = Math.Min(Dirtied * (now - synced), Set);
                if (now - synced >= 1) rate = dirtied / (now - synced);

                // After the first pass only pages of the set are dirty, and one that is cannot get dirty again.
                remaining = pass > 1 ? Math.Min(remaining + dirtied, Set) : remaining + dirtied;
                (synced, pass) = (now, pass + 1);
                if (remaining < Bandwidth * DowntimeLimit)
                {
                    samples.Add(new MigrationSample(TimeSpan.FromSeconds(now)) { Phase = MigrationPhase.Completed, Elapsed = TimeSpan.FromSeconds(now), Downtime = TimeSpan.FromMilliseconds(30) });
                    return (samples, now);
                }
            }

            var part = Math.Min(remaining, Bandwidth * Window);
            (remaining, sent) = (remaining - part, sent + part);
            if (window % WindowsASample == 0) samples.Add(Sample(now + (Window / 2), remaining, sent, rate, pass));
        }

        return (samples, null);
    }

    private MigrationSample Sample(double at, double remaining, double sent, double rate, long pass) => new(TimeSpan.FromSeconds(at))
    {
        Phase = MigrationPhase.Active,
        Elapsed = TimeSpan.FromSeconds(at),
        Setup = TimeSpan.FromMilliseconds(5),
        TotalBytes = (long)Memory,
        RemainingBytes = (long)remaining,
        TransferredBytes = (long)sent,
        NormalBytes = (long)sent,
        ZeroBytes = 0,
        TransferBytesPerSecond = Bandwidth,
        DirtyBytesPerSecond = rate,
        Pass = pass,
        DowntimeLimit = TimeSpan.FromSeconds(DowntimeLimit),
        BandwidthLimit = (long)Bandwidth,
        PageSize = 4096,
    };
}
