namespace NodeAgent.Migration.Model;

/// <summary>One pass over the guest's memory, closed by a sync of the dirty bitmap.</summary>
/// <param name="Number">From 1, as the source counts.</param>
/// <param name="Seconds">From the sync before to the one that closed it.</param>
/// <param name="DirtiedBytes">Unique bytes dirtied in that time and found at the closing sync.</param>
/// <param name="RemainingBytes">What remained right after the closing sync.</param>
/// <param name="TransferBytesPerSecond">How fast it was sent.</param>
/// <param name="ThrottlePercent">The throttle in force; 0 without.</param>
public readonly record struct MigrationPass(long Number, double Seconds, double DirtiedBytes, double RemainingBytes, double TransferBytesPerSecond, int ThrottlePercent)
{
    /// <summary>Unique bytes dirtied per second, below what is written where the guest writes to the same pages again.</summary>
    public double DirtyBytesPerSecond => DirtiedBytes / Seconds;
}
