using System.Collections.Immutable;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>
/// Reads the multipath maps from device-mapper, and keeps what it read: a map whose texts are as before is the same object as before.
/// An ioctl may hang in the kernel, so it has a thread of its own. For that thread alone.
/// </summary>
/// <param name="open">Opens device-mapper; a <see cref="DmException"/> says that it cannot be had.</param>
/// <param name="why">Says in a sentence why it cannot.</param>
internal sealed class DmReader(Func<IDeviceMapper> open, Func<DmException, DmSnapshot> why) : IDisposable
{
    private readonly Dictionary<DmNumber, DmEntry> _entries = [];
    private readonly List<DmDevice> _devices = [];
    private readonly List<DmNumber> _gone = [];
    private IDeviceMapper? _kernel;
    private DmSnapshot? _snapshot;
    private long _round;

    /// <summary>Reads the list of devices and each multipath map. The same object as before where nothing changed.</summary>
    public DmSnapshot ReadAll() => Try(static (reader, kernel) => reader.ReadAll(kernel));

    /// <summary>Reads these devices alone, where all of them are known multipath maps; else all of them.</summary>
    /// <param name="dirty">What an event was about.</param>
    public DmSnapshot Read(IReadOnlyCollection<DmNumber> dirty)
    {
        if (_snapshot is not { State: StorageSourceState.DeviceMapper }) return ReadAll();
        foreach (var number in dirty)
        {
            if (!_entries.TryGetValue(number, out var entry)) return ReadAll();
            if (!entry.IsMultipath) continue;
            var before = entry.Map;
            try
            {
                entry.Read(_kernel!);
            }
            catch (DmException)
            {
                return ReadAll();
            }

            if (!ReferenceEquals(before, entry.Map)) _snapshot = _snapshot with { Maps = _snapshot.Maps.Replace(before!, entry.Map!, ReferenceEqualityComparer.Instance) };
        }

        return _snapshot;
    }

    public void Dispose() => _kernel?.Dispose();

    private DmSnapshot Try(Func<DmReader, IDeviceMapper, DmSnapshot> read)
    {
        try
        {
            _kernel ??= open();
            return _snapshot = read(this, _kernel);
        }
        catch (DmException e)
        {
            // It may be another one the next time: a module that was loaded, a node that was made.
            _kernel?.Dispose();
            _kernel = null;
            _entries.Clear();
            _devices.Clear();
            return _snapshot = why(e);
        }
    }

    private DmSnapshot ReadAll(IDeviceMapper kernel)
    {
        kernel.List(_devices);
        _round++;
        var changed = _snapshot is not { State: StorageSourceState.DeviceMapper };
        foreach (var device in _devices) changed |= Look(kernel, device);
        foreach (var (number, entry) in _entries)
        {
            if (entry.Round != _round) _gone.Add(number);
        }

        foreach (var number in _gone) _entries.Remove(number);
        changed |= _gone.Count > 0;
        _gone.Clear();
        return changed ? Snapshot() : _snapshot!;
    }

    /// <returns>It is new, or differs from before.</returns>
    private bool Look(IDeviceMapper kernel, in DmDevice device)
    {
        var known = _entries.TryGetValue(device.Number, out var entry) && entry.IsOf(device);
        if (!known) _entries[device.Number] = entry = new DmEntry(device);
        entry!.Round = _round;
        var before = entry.Map;
        try
        {
            if (!known || entry.IsMultipath) entry.Read(kernel);
        }
        catch (DmException e) when (e.Errno == Errno.ENXIO)
        {
            // It went between the list and now: the next list will not have it.
            _entries.Remove(device.Number);
            return known;
        }

        return !known || !ReferenceEquals(before, entry.Map);
    }

    private DmSnapshot Snapshot()
    {
        var maps = ImmutableArray.CreateBuilder<DmMap>();
        var others = ImmutableDictionary.CreateBuilder<DeviceNumber, DmOther>();
        foreach (var device in _devices)
        {
            if (!_entries.TryGetValue(device.Number, out var entry)) continue;
            if (entry.Map is { } map) maps.Add(map);
            else others[new DeviceNumber(device.Number.Major, device.Number.Minor)] = entry.Other;
        }

        return new DmSnapshot(StorageSourceState.DeviceMapper, "", maps.ToImmutable(), others.ToImmutable());
    }
}
