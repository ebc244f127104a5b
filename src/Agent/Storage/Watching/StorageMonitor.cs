using Microsoft.Extensions.Logging;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;

namespace NodeAgent.Storage.Watching;

/// <summary>
/// Follows the node's storage: events say what to read again at once, and a slow reading catches what they miss. Tells the observer of what
/// differs, on a thread of its own. To be made on a thread in the host's network namespace, where the kernel's events and multipathd's
/// socket are; elsewhere it makes do without them and says so.
/// </summary>
public sealed class StorageMonitor : IDisposable
{
    /// <summary>Everything is read at least so often.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(30);

    /// <summary>Maps in trouble are looked at so often: what a checker says, and whether I/O still queues, comes without an event.</summary>
    private static readonly TimeSpan s_trouble = TimeSpan.FromSeconds(5);

    /// <summary>The same soon after a change, and as long as a map is without a path.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_aftermath = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IStorageObserver _observer;
    private readonly StorageCollector _collector;
    private readonly UeventWatch? _uevents;
    private readonly DmWatch? _dmEvents;
    private readonly Dictionary<string, MultipathMap> _trouble = new(StringComparer.Ordinal);
    private readonly Thread _thread;
    private StorageSource? _source;
    private volatile bool _stopped;
    private bool _hopeless;
    private long _lastAll;
    private long _lastTrouble;
    private long _lastAsked;
    private long _lastChange;

    /// <param name="paths">Where everything is.</param>
    /// <param name="clock">Dates readings and says when the next is due.</param>
    /// <param name="log">Where it says how it reads.</param>
    /// <param name="observer">Who is told.</param>
    public StorageMonitor(HostPaths paths, TimeProvider clock, ILogger log, IStorageObserver observer)
        : this(paths, clock, log, observer, null)
    {
    }

    /// <summary>Over another device-mapper than the kernel's: nobody says when it changes but who calls <see cref="Look(DmNumber)"/>.</summary>
    internal StorageMonitor(HostPaths paths, TimeProvider clock, ILogger log, IStorageObserver observer, Func<IDeviceMapper>? open)
    {
        (_clock, _log, _observer) = (clock, log, observer);
        _collector = new StorageCollector(paths, clock, open);
        if (open is null)
        {
            // Before the first reading: what changes meanwhile comes as an event.
            _uevents = UeventWatch.Start(_collector, clock, log);
            _dmEvents = new DmWatch(paths, _collector, clock, log);
        }

        _thread = new Thread(Run, 512 * 1024) { IsBackground = true, Name = "storage" };
        _thread.Start();
    }

    /// <summary>Reads one device of device-mapper again, as its events do.</summary>
    internal void Look(DmNumber device) => _collector.AskDevice(device, _clock.GetTimestamp());

    /// <summary>Looks at the clock again.</summary>
    internal void Wake() => _collector.Wake();

    public void Dispose()
    {
        if (_stopped) return;
        _stopped = true;
        _collector.Wake();
        _thread.Join();
        _uevents?.Dispose();
        _dmEvents?.Dispose();
        _collector.Dispose();
    }

    private void Run()
    {
        _collector.AskAll();
        _lastAll = _lastTrouble = _lastAsked = _clock.GetTimestamp();
        while (!_stopped)
        {
            _collector.Turn(UntilNext());
            if (_collector.Publish(out var changed) is { } reading) Tell(reading, changed);
            AskWhatIsDue();
        }
    }

    private TimeSpan UntilNext()
    {
        var all = Slow - _clock.GetElapsedTime(_lastAll);
        var next = all;
        if (_trouble.Count > 0) next = Min(next, Pace - _clock.GetElapsedTime(_lastTrouble));
        if (IsMultipathdMissed) next = Min(next, s_trouble - _clock.GetElapsedTime(_lastAsked));
        return next < TimeSpan.Zero ? TimeSpan.Zero : next;
    }

    /// <summary>There are maps, and multipathd does not answer: it is asked again and again, but not so often that its backlog fills up.</summary>
    private bool IsMultipathdMissed => _source?.State == StorageSourceState.DeviceMapper && _collector.Maps.Count > 0;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private TimeSpan Pace => _hopeless || _clock.GetElapsedTime(_lastChange) < s_aftermath ? s_soon : s_trouble;

    private void AskWhatIsDue()
    {
        if (_clock.GetElapsedTime(_lastAll) >= Slow)
        {
            _lastAll = _lastTrouble = _lastAsked = _clock.GetTimestamp();
            _collector.AskAll();
            return;
        }

        if (IsMultipathdMissed && _clock.GetElapsedTime(_lastAsked) >= s_trouble)
        {
            _lastAsked = _clock.GetTimestamp();
            _collector.AskMultipathd();
        }

        if (_trouble.Count > 0 && _clock.GetElapsedTime(_lastTrouble) >= Pace)
        {
            _lastTrouble = _clock.GetTimestamp();
            foreach (var map in _trouble.Values)
            {
                _collector.AskDevice(new DmNumber(map.Number.Major, map.Number.Minor), null);
                if (!IsMultipathdMissed) _collector.AskMultipathd(map.Name);
                foreach (var path in map.Paths) _collector.AskPath(path.Number);
            }
        }
    }

    private void Tell(StorageReading reading, IReadOnlyCollection<string> changed)
    {
        if (changed.Count > 0)
        {
            _lastChange = _clock.GetTimestamp();
            LookForTrouble(reading, changed);
        }

        if (reading.Source != _source)
        {
            if (reading.Source.State is StorageSourceState.DeviceMapper or StorageSourceState.Failed) _log.WorseSource(reading.Source.Reason, reading.Maps.Count);
            else _log.Source(reading.Source.Reason, reading.Maps.Count);
        }

        try
        {
            _observer.Read(reading, _source is null ? null : changed);
        }
        catch (Exception e)
        {
            // It may not throw; if it does all the same, the next reading is told nevertheless.
            _log.NotTold(e.Message);
        }

        _source = reading.Source;
    }

    private void LookForTrouble(StorageReading reading, IReadOnlyCollection<string> changed)
    {
        foreach (var name in changed)
        {
            if (MapList.Find(reading.Maps, name) is { } map && IsInTrouble(map)) _trouble[name] = map;
            else _trouble.Remove(name);
        }

        _hopeless = _trouble.Values.Any(static map => !map.Paths.Any(IsUsable));
    }

    private static bool IsInTrouble(MultipathMap map) => map.Error is not null || !map.Paths.Any() || !map.Paths.All(IsWell);

    private static bool IsUsable(StoragePath path) => path.DmActive == true;

    private static bool IsWell(StoragePath path) => IsUsable(path) && path.CheckerState is null or "ready" or "ghost" && path.DeviceState is null or "running" or "live";
}
