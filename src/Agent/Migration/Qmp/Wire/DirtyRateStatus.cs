namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>How far a measurement of the dirty rate is.</summary>
internal enum DirtyRateStatus
{
    Unknown,
    Unstarted,
    Measuring,
    Measured,
}
