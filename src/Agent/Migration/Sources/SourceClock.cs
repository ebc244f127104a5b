using System.Diagnostics;

namespace NodeAgent.Migration.Sources;

/// <summary>The one clock of samples and events: it never steps. Only differences count.</summary>
public static class SourceClock
{
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
}
