namespace NodeAgent.Migration.Forecasting;

/// <summary>When a simulated pre-copy switches over, and with how many bytes left.</summary>
internal readonly record struct Switchover(double Seconds, double Bytes)
{
    public static readonly Switchover Never = new(double.PositiveInfinity, double.NaN);

    public bool Comes => double.IsFinite(Seconds);
}
