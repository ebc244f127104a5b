using Microsoft.Extensions.Logging;

namespace NodeAgent.Migration.Guests;

/// <summary>
/// Finds the processes of QEMU on this node and follows them, on a thread of its own that sleeps in the kernel: the kernel tells of programs
/// that start, and each guest's descriptor of its end.
/// </summary>
public sealed class GuestMonitor : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <param name="paths">Where /proc is.</param>
    /// <param name="clock">Says when /proc is looked over, where the kernel tells nothing.</param>
    /// <param name="log">Where it says what it does without.</param>
    /// <param name="observer">Who is told: first of all guests there are, then <see cref="IGuestObserver"/>'s calls as they come and go.</param>
    public GuestMonitor(HostPaths paths, TimeProvider clock, ILogger log, IGuestObserver observer)
    {
        _ = (paths, clock, log, observer);
    }

    public void Dispose() => _stop.Dispose();
}
