namespace NodeAgent.Migration.Model;

/// <summary>A measured dirty rate.</summary>
/// <param name="BytesPerSecond">Bytes dirtied a second, each page once in the period.</param>
/// <param name="Mode">How it was measured.</param>
/// <param name="Period">How long.</param>
/// <param name="MeasuredAt">When it ended.</param>
public sealed record DirtyRate(long BytesPerSecond, DirtyRateMode Mode, TimeSpan Period, DateTimeOffset MeasuredAt);
