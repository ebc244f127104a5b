using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Guests;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>A monitor in the host's network namespace, where the kernel's events are, whose next look-over a test brings about.</summary>
internal sealed class ClockedMonitor : IDisposable
{
    private readonly LeapingClock _clock = new();
    private readonly Lines _log = new();
    private readonly GuestMonitor _monitor;

    public ClockedMonitor(IGuestObserver observer, GuestMeans means, HostPaths? paths = null) =>
        _monitor = HostNetwork.Run(() => new GuestMonitor(paths ?? HostPaths.Default, _clock, _log, observer, means));

    public bool HasEvents => _monitor.HasEvents;

    public IReadOnlyCollection<string> Said => _log.All;

    /// <summary>What came of waiting so far; where it has not come and the kernel tells nothing, it is time to look over /proc.</summary>
    public bool Looked(bool hasCome)
    {
        if (hasCome || HasEvents) return hasCome;
        _clock.Leap(TimeSpan.FromMinutes(1));
        _monitor.Wake();
        return false;
    }

    public void Dispose() => _monitor.Dispose();

    private sealed class LeapingClock : TimeProvider
    {
        private long _leapt;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _leapt);

        public void Leap(TimeSpan by) => Interlocked.Add(ref _leapt, (long)(by.TotalSeconds * TimestampFrequency));
    }

    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> All => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            _lines.Enqueue($"{level} {id.Id}: {format(state, exception)}");
    }
}
