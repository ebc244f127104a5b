namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// Do passes leave less and less. What counts is the least that was left so far. Short passes are taken together until they make
/// a second: one of two or three 100 ms windows leaves more or less by chance.
/// </summary>
internal struct Progress
{
    /// <summary>A pass that leaves this share of the least so far makes no progress.</summary>
    public const double FlatRatio = 0.9;

    /// <summary>The same for short passes taken together.</summary>
    private const double FlatRatioOfShort = 0.8;

    /// <summary>…and that is plain where it is this much more than may be left at the switchover; nearer to it,</summary>
    public const double FlatThresholds = 1.5;

    /// <summary>…it takes so many of them.</summary>
    private const int FlatNear = 3;

    private const double Together = 1.0;
    private double _seconds;
    private double _sum;
    private int _count;
    private double _least;
    private double _mean;

    /// <summary>What was left / the least that was left before; 0 before two were seen.</summary>
    public double Ratio { get; private set; }

    /// <summary>How many in a row made no progress.</summary>
    public int Flat { get; private set; }

    /// <summary>The same under a throttle.</summary>
    public int ThrottledInVain { get; private set; }

    public readonly bool IsFlat(double threshold) => Flat > 0 && (_mean > FlatThresholds * threshold || (Flat >= FlatNear && _mean > threshold));

    /// <summary>A sync: this much is left after a pass of this length.</summary>
    public void Add(double seconds, double left, int throttle)
    {
        (_seconds, _sum, _count) = (_seconds + seconds, _sum + left, _count + 1);
        if (_seconds < Together && _least > 0) return;
        _mean = _sum / _count;
        var flat = _count > 1 ? FlatRatioOfShort : FlatRatio;
        (_seconds, _sum, _count) = (0, 0, 0);
        Ratio = _least > 0 ? _mean / _least : 0;
        if (Ratio >= flat)
        {
            Flat++;
            ThrottledInVain = throttle > 0 ? ThrottledInVain + 1 : 0;
            return;
        }

        (Flat, ThrottledInVain, _least) = (0, 0, _mean);
    }
}
