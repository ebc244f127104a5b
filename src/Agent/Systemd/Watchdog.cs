using System.Globalization;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Systemd;

/// <summary>
/// Tells the service manager that the daemon lives, as long as every part that can be asked says so. Where one does not, it says which and
/// stays silent: the manager ends the process and starts it anew (WatchdogSec=).
/// </summary>
public sealed class Watchdog(Notifier notifier, TimeSpan limit, IReadOnlyList<IHeartbeat> parts, TimeProvider clock, ILogger log)
{
    /// <summary>Often enough that one answer may be late.</summary>
    private const int ChecksInLimit = 3;

    /// <summary>How long the manager waits for a sign of life (WATCHDOG_USEC); null where it waits for none.</summary>
    public static TimeSpan? LimitOf(Func<string, string?> environment)
    {
        if (environment("WATCHDOG_PID") is { Length: > 0 } process && process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture)) return null;
        return long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    /// <summary>Asks and tells until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var interval = limit / ChecksInLimit;
        try
        {
            using var timer = new PeriodicTimer(interval, clock);
            do
            {
                await Check(interval, cancellation).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The daemon ends.
        }
    }

    /// <summary>One question to everybody.</summary>
    internal async Task Check(TimeSpan within, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(parts.Select(p => p.Problem(within, cancellation))).ConfigureAwait(false);
        var isAlive = true;
        foreach (var problem in answers)
        {
            if (problem is null) continue;
            isAlive = false;
            log.NotAlive(problem, limit.TotalSeconds);
        }

        if (isAlive) notifier.Alive();
    }
}
