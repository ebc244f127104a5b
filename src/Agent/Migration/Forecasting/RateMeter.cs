namespace NodeAgent.Migration.Forecasting;

/// <summary>A rate that is averaged over about a second, and follows at once where it has plainly changed.</summary>
internal struct RateMeter
{
    private const double Memory = 1.0;
    private const double Jump = 0.3;
    private double _before;
    private double _at;

    /// <summary>Bytes per second; 0 before the first.</summary>
    public double Value { get; private set; }

    public void Add(double at, double rate)
    {
        if (Value <= 0) Value = rate;
        else if (Differs(rate, Value) && !Differs(rate, _before)) Value = rate;
        else if (!Differs(rate, Value)) Value += (1 - Math.Exp(-Math.Max(0, at - _at) / Memory)) * (rate - Value);
        (_before, _at) = (rate, at);
    }

    private static bool Differs(double rate, double from) => Math.Abs(rate - from) > Jump * from;
}
