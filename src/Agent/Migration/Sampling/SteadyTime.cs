namespace NodeAgent.Migration.Sampling;

/// <summary>Dates for the times of one migration: the wall clock is looked at once, and what follows is a difference on a clock that does not step.</summary>
/// <param name="Origin">A moment on that clock …</param>
/// <param name="Date">… and what the wall clock said then.</param>
internal readonly record struct SteadyTime(TimeSpan Origin, DateTimeOffset Date)
{
    public DateTimeOffset At(TimeSpan moment) => Date + (moment - Origin);
}
