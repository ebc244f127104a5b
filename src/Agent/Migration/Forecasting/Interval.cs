namespace NodeAgent.Migration.Forecasting;

/// <summary>Seconds until the end: the earliest, the latest, and between them the likely one, which is for measuring how good they are.</summary>
/// <param name="Low">Null: nobody can say.</param>
/// <param name="Likely">Infinite: it goes on for ever, as far as the passes tell.</param>
/// <param name="High">Null: it may go on for ever.</param>
/// <param name="SwitchoverBytes">What is left at the switchover, likely; not a number where none comes.</param>
internal readonly record struct Interval(double? Low, double Likely, double? High, double SwitchoverBytes)
{
    public static readonly Interval Unknown = new(null, double.PositiveInfinity, null, double.NaN);

    /// <summary>The latest end follows from how memory is dirtied, and not from the passes' progress alone.</summary>
    public bool Sure { get; init; } = true;

    public bool LikelyComes => double.IsFinite(Likely);

    public static Interval Of(double low, double likely, double high, double bytes)
    {
        low = Math.Max(0, Math.Min(low, likely));
        return new Interval(double.IsFinite(low) ? low : null, likely, double.IsFinite(high) ? Math.Max(high, double.IsFinite(likely) ? likely : low) : null, bytes);
    }
}
