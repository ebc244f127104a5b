using System.Collections.Concurrent;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Multipathd;
using NodeAgent.Storage.Sysfs;
using NodeAgent.Storage.Users;

namespace NodeAgent.Storage.Reading;

/// <summary>
/// Asks the five parties that know something of storage, each on a thread of its own since each may hang (a device-mapper ioctl, multipathd,
/// a path's sysfs, an adapter's firmware, folders of others), and puts their answers together on the thread that calls <see cref="Turn"/>.
/// What did not come is missing; nobody waits for it.
/// </summary>
internal sealed class StorageCollector : IDisposable
{
    /// <summary>For one question to multipathd.</summary>
    public static readonly TimeSpan MultipathdLimit = TimeSpan.FromSeconds(1);

    /// <summary>A run that takes longer hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The names and states of new paths may take this long; then the map is shown without them.</summary>
    private static readonly TimeSpan s_pathsLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>As long as something hangs it is looked after no more often.</summary>
    private static readonly TimeSpan s_stuckPace = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly BlockingCollection<Action> _answers = [];
    private readonly StorageState _state = new();
    private readonly Pending<DmNumber> _devices = new();
    private readonly Pending<string> _maps = new();
    private readonly DmReader _dmReader;
    private readonly MultipathdReader _multipathdReader;
    private readonly InitiatorReader _initiatorReader;
    private readonly UserReader _userReader;
    private readonly Worker _dm;
    private readonly Worker _multipathd;
    private readonly PathCollector _sysfs;
    private readonly Worker _adapters;
    private readonly Worker _users;
    private readonly long _start;
    private volatile DmSnapshot _known;
    private volatile MultipathdReading? _told;
    private long? _event;
    private long _changed;
    private bool _published;
    private string? _stuck;
    private string? _usersError;

    /// <param name="paths">Where everything is.</param>
    /// <param name="clock">Dates readings.</param>
    /// <param name="open">Opens device-mapper; null: the kernel's.</param>
    public StorageCollector(HostPaths paths, TimeProvider clock, Func<IDeviceMapper>? open = null)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _known = _state.Devices;
        var opener = new DmOpener(paths);
        _dmReader = new DmReader(open ?? opener.Open, opener.Why);
        _multipathdReader = new MultipathdReader([paths.MultipathdSocket, $"{paths.HostRun}/multipathd.socket"], MultipathdLimit, paths.Proc);
        (_initiatorReader, _userReader) = (new InitiatorReader(paths), new UserReader(paths));
        _dm = new Worker("storage dm", ReadDevices, Wake, clock);
        _multipathd = new Worker("storage multipathd", ReadMultipathd, Wake, clock);
        _sysfs = new PathCollector(() => new PathReader(paths), clock, () => PathsOf(_known, _told), facts => Answer(() => _state.Set(facts)), Wake);
        _adapters = new Worker("storage adapters", ReadInitiators, Wake, clock);
        _users = new Worker("storage users", ReadUsers, Wake, clock);
    }

    /// <summary>Everything that was asked for was answered.</summary>
    public bool IsSettled => _dm.IsIdle && _multipathd.IsIdle && _sysfs.IsIdle && _adapters.IsIdle && _users.IsIdle && _answers.Count == 0;

    /// <summary>The maps as they were last put together, by name.</summary>
    public IReadOnlyDictionary<string, MultipathMap> Maps => _state.Maps;

    /// <summary>Everything is read anew. This and the other questions come from any thread and return at once.</summary>
    public void AskAll()
    {
        AskDevices(null);
        AskMultipathd();
        AskPaths();
        AskAdapters();
        _users.Ask();
    }

    /// <summary>The list of devices and each map.</summary>
    public void AskDevices(long? eventTimestamp)
    {
        _devices.AddAll(eventTimestamp);
        _dm.Ask();
    }

    public void AskDevice(DmNumber device, long? eventTimestamp)
    {
        _devices.Add(device, eventTimestamp);
        _dm.Ask();
    }

    public void AskMultipathd()
    {
        _maps.AddAll();
        _multipathd.Ask();
    }

    public void AskMultipathd(string map)
    {
        _maps.Add(map);
        _multipathd.Ask();
    }

    public void AskPaths() => _sysfs.AskAll();

    public void AskPath(DeviceNumber path) => _sysfs.Ask(path);

    public void AskAdapters() => _adapters.Ask();

    public void AskUsers() => _users.Ask();

    /// <summary>Ends <see cref="Turn"/>.</summary>
    public void Wake() => Answer(static () => { });

    /// <summary>Waits for an answer no longer than that, and takes in all there are.</summary>
    public void Turn(TimeSpan limit)
    {
        // What hangs must be found out although it says nothing, and the time for new paths passes on its own.
        var pace = _stuck is null ? s_pathsLimit / 2 : s_stuckPace;
        var left = IsSettled || limit < pace ? limit : pace;
        if (left < TimeSpan.Zero) left = TimeSpan.Zero;
        if (_answers.TryTake(out var answer, left)) answer();
        while (_answers.TryTake(out answer)) answer();
        _sysfs.Check();
        _stuck = WhatIsStuck();
    }

    /// <summary>The whole, where it differs from what was last given out and is worth showing yet.</summary>
    public StorageReading? Publish(out IReadOnlyCollection<string> changed, bool asItIs = false)
    {
        changed = [];
        if (!asItIs && !IsPresentable) return null;
        var reading = _state.Publish(_clock.GetUtcNow(), Source, _event, out changed);
        _event = null;
        _published = true;
        return reading;
    }

    public void Dispose()
    {
        _dm.Dispose();
        _multipathd.Dispose();
        _sysfs.Dispose();
        _adapters.Dispose();
        _users.Dispose();
        // A worker that hangs may answer at any time: the collection is left to the collector of garbage, and so is what it reads with.
        if (_dm.IsIdle) _dmReader.Dispose();
    }

    /// <summary>The first reading waits for everybody who answers in time, later ones for what sysfs says of new paths.</summary>
    private bool IsPresentable => _published
        ? !_state.HasUnknownPaths || _sysfs.IsIdle || _clock.GetElapsedTime(_changed) > s_pathsLimit
        : IsSettled || _clock.GetElapsedTime(_start) > Patience;

    private StorageSource Source
    {
        get
        {
            var source = _state.Source;
            if (_state.Maps.Count > 0 && _usersError is not null) source = source with { Reason = $"{source.Reason}; {_usersError}" };
            return _stuck is null ? source : source with { Reason = $"{source.Reason}; {_stuck}" };
        }
    }

    private string? WhatIsStuck()
    {
        if (_dm.Busy > Patience)
        {
            var reason = "device-mapper does not answer: what is shown of maps is old; look for blocked tasks in the kernel's messages";
            _state.Set(_state.Devices with { State = StorageSourceState.Failed, Reason = reason }, []);
            return reason;
        }

        if (_sysfs.Stuck is { } stuck) return stuck;
        if (_adapters.Busy > Patience) return "an adapter's driver does not answer: what is shown of adapters is old; look for blocked tasks in the kernel's messages";
        return _users.Busy > Patience ? "the users of maps cannot be found out, for reading their folders hangs; look for blocked tasks in the kernel's messages" : null;
    }

    private void Answer(Action apply) => _answers.Add(apply);

    private void ReadDevices()
    {
        var some = _devices.Take(out var eventTimestamp);
        Guard(
            () =>
            {
                var devices = _known = some is null ? _dmReader.ReadAll() : _dmReader.Read(some);
                Answer(() => Apply(devices, eventTimestamp));
            },
            e => Answer(() => Apply(DmSnapshot.Without(StorageSourceState.Failed, $"device-mapper cannot be read: {e.Message}"), eventTimestamp)));
    }

    private void Apply(DmSnapshot devices, long? eventTimestamp)
    {
        var changed = new List<DmMap>();
        var moved = _state.Set(devices, changed);
        _event ??= eventTimestamp;
        if (changed.Count > 0) _changed = _clock.GetTimestamp();
        foreach (var map in changed)
        {
            if (_published) AskMultipathd(map.Name);
            foreach (var group in map.Groups)
            {
                foreach (var path in group.Paths) AskPath(path.Number);
            }
        }

        if (moved) AskUsers();
        if (!_state.IsDmSilent) return;
        // What an event was about multipathd knows then.
        if (eventTimestamp is not null) AskMultipathd();
        // Who of the two answers first is chance.
        else AskPathsOf(_told);
    }

    private void ReadMultipathd()
    {
        var some = _maps.Take(out _);
        Guard(
            () =>
            {
                var told = some is null ? _multipathdReader.ReadAll() : _multipathdReader.Read(some);
                Answer(() => Apply(told));
            },
            e => Answer(() => _state.Set(new MultipathdReading { Problem = $"multipathd cannot be asked: {e.Message}" })));
    }

    private void Apply(MultipathdReading told)
    {
        _state.Set(told);
        _told = told;
        if (_state.IsDmSilent) AskPathsOf(told);
    }

    /// <summary>Device-mapper, who else names paths, is silent.</summary>
    private void AskPathsOf(MultipathdReading? told)
    {
        foreach (var number in PathsOf(told)) AskPath(number);
    }

    private static IEnumerable<DeviceNumber> PathsOf(MultipathdReading? told)
    {
        if (told is null) yield break;
        foreach (var map in told.Maps.Values)
        {
            foreach (var group in map.Groups)
            {
                foreach (var path in group.Paths)
                {
                    if (path.Number is { } number) yield return number;
                }
            }
        }
    }

    private static IEnumerable<DeviceNumber> PathsOf(DmSnapshot devices, MultipathdReading? told) =>
        devices.State == StorageSourceState.DeviceMapper ? PathsOf(devices) : PathsOf(told);

    private static IEnumerable<DeviceNumber> PathsOf(DmSnapshot devices)
    {
        foreach (var map in devices.Maps)
        {
            foreach (var group in map.Groups)
            {
                foreach (var path in group.Paths) yield return path.Number;
            }
        }
    }

    private void ReadInitiators() => Guard(
        () =>
        {
            var found = _initiatorReader.Read();
            Answer(() => _state.Set(found));
        },
        static _ => { });

    private void ReadUsers() => Guard(
        () =>
        {
            var errors = new List<string>();
            var found = _userReader.Read(_known, errors);
            Answer(() =>
            {
                _state.Set(found);
                _usersError = errors is [var first, ..] ? $"who uses the maps is not known in full: {first}" : null;
            });
        },
        static _ => { });

    /// <summary>No fault of one party takes the others down.</summary>
    private static void Guard(Action work, Action<Exception> failed)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            failed(e);
        }
    }
}
