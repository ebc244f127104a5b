namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// Pre-copy from now to the switchover, as QEMU does it: a pass goes on until less remains than may be sent within the downtime
/// limit, then the bitmap is synced, and it switches over if that is still so. With a bandwidth limit QEMU looks at that once in
/// 100 ms (migration/migration.c, BUFFER_DELAY).
/// </summary>
internal static class PassSimulation
{
    /// <summary>Seconds between two looks where the bandwidth limit holds the source back.</summary>
    public const double Window = 0.1;

    private const double ShortestPass = 0.005;
    private const int MostPasses = 120;
    private const int FlatPasses = 3;

    /// <param name="remaining">Bytes left now.</param>
    /// <param name="since">Seconds since the last sync.</param>
    /// <param name="rate">Bytes per second.</param>
    /// <param name="threshold">Bytes that may be left at the switchover.</param>
    /// <param name="limited">The bandwidth limit holds.</param>
    /// <param name="curve">How memory is dirtied.</param>
    public static Switchover Run(double remaining, double since, double rate, double threshold, bool limited, in DirtyCurve curve)
    {
        double seconds = 0;
        var flat = 0;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var length = Length(remaining - threshold, rate, limited);
            seconds += length;
            var after = Math.Max(0, remaining - (rate * length)) + curve.At(since + length);
            if (after < threshold) return new Switchover(seconds, after);
            flat = after - threshold >= 0.99 * (remaining - threshold) && since <= 0 ? flat + 1 : 0;
            if (flat >= FlatPasses) break;
            (remaining, since) = (after, 0);
        }

        return Switchover.Never;
    }

    private static double Length(double above, double rate, bool limited)
    {
        var seconds = Math.Max(ShortestPass, above / rate);
        return limited ? Math.Ceiling((seconds / Window) - 1e-9) * Window : seconds;
    }
}
