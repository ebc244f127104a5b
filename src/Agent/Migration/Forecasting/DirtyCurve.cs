using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// How many unique bytes a guest dirties within a time: 0 at 0, rising, and never steeper than before, since pages written again
/// count once. A pass is one point of it. From points alone the curve below them is bounded on both sides: by the straight line
/// through 0, where every write meets a fresh page, and by the tangent, where a small hot set is dirty at once.
/// </summary>
/// <param name="Bytes">U of a known pass.</param>
/// <param name="Seconds">tau of it.</param>
/// <param name="Set">Bytes written over and over (W of W(1 - e^(-rate tau / W))); infinite: a straight line.</param>
/// <param name="Rate">Bytes per second while nothing is dirty yet.</param>
/// <param name="Power">Where above 0: U (tau / seconds)^power instead.</param>
internal readonly record struct DirtyCurve(double Bytes, double Seconds, double Set, double Rate, double Power)
{
    public double At(double tau)
    {
        if (tau <= 0) return 0;
        if (Power > 0) return Bytes * Math.Pow(tau / Seconds, Power);
        return double.IsPositiveInfinity(Set) ? Rate * tau : Set * -Expm1(-Rate * tau / Set);
    }

    /// <summary>Through a point, and no faster at the start than there.</summary>
    public static DirtyCurve Straight(double bytes, double seconds) => new(bytes, seconds, double.PositiveInfinity, bytes / seconds, 0);

    /// <summary>Through a point with this many times the point's mean rate at the start (above 1).</summary>
    public static DirtyCurve Saturating(double bytes, double seconds, double times)
    {
        // (1 - e^-x) / x = 1 / times
        double low = 1e-6, high = 60;
        for (var i = 0; i < 40; i++)
        {
            var x = (low + high) / 2;
            if (-Expm1(-x) / x > 1 / times) low = x;
            else high = x;
        }

        var set = bytes / -Expm1(-low);
        return new DirtyCurve(bytes, seconds, set, low * set / seconds, 0);
    }

    /// <summary>Saturating, through two passes; a straight line where the shorter one says that nothing saturates.</summary>
    public static DirtyCurve Through(in MigrationPass shorter, in MigrationPass longer)
    {
        var ratio = longer.DirtiedBytes / shorter.DirtiedBytes;
        var times = longer.Seconds / shorter.Seconds;
        if (times < 1.02 || ratio >= 0.98 * times) return Straight(shorter.DirtiedBytes, shorter.Seconds);

        // (1 - e^(-times x)) / (1 - e^-x) = ratio, falling in x from times to 1.
        double low = 1e-6, high = 8;
        for (var i = 0; i < 40; i++)
        {
            var x = (low + high) / 2;
            if (Expm1(-times * x) / Expm1(-x) > ratio) low = x;
            else high = x;
        }

        var set = shorter.DirtiedBytes / -Expm1(-low);
        return new DirtyCurve(shorter.DirtiedBytes, shorter.Seconds, set, low * set / shorter.Seconds, 0);
    }

    /// <summary>A power through two passes: below the shorter one more than <see cref="Through"/>, as with a small hot set in a cold one.</summary>
    public static DirtyCurve Steep(in MigrationPass shorter, in MigrationPass longer)
    {
        var times = longer.Seconds / shorter.Seconds;
        var power = times < 1.02 ? 1 : Math.Log(longer.DirtiedBytes / shorter.DirtiedBytes) / Math.Log(times);
        return new DirtyCurve(shorter.DirtiedBytes, shorter.Seconds, 0, 0, Math.Clamp(power, 0.02, 1));
    }

    // Exact enough near 0, where 1 - e^x loses its digits.
    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;
}
