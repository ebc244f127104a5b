namespace NodeAgent.Tests.Support.Migrations;

/// <summary>What a model said at one sample, and what came.</summary>
/// <param name="Timeline">Its name.</param>
/// <param name="Pass">1, 2, 3, or 4 for all later ones; 0 in post-copy.</param>
/// <param name="Truth">Seconds that it still took.</param>
/// <param name="Low">Seconds, or null where it said nothing.</param>
/// <param name="High">Seconds, or null where it said none.</param>
public readonly record struct Prediction(string Timeline, int Pass, double Truth, double? Low, double? High)
{
    public bool IsInterval => Low is not null && High is not null;

    public bool Covers => Low <= Truth && Truth <= High;

    /// <summary>What the interval spans, in shares of the truth.</summary>
    public double Width => (High!.Value - Low!.Value) / Truth;

    /// <summary>How far the middle is off, in shares of the truth.</summary>
    public double Error => Math.Abs(((High!.Value + Low!.Value) / 2) - Truth) / Truth;
}
