using System.Text;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Linux;

namespace NodeAgent.Tests.Support;

/// <summary>As many multipath maps as are asked for, of four paths each in two groups, where no kernel has so many. For one thread, changes aside.</summary>
public sealed class FakeDeviceMapper : IDeviceMapper
{
    private const int PathsOfMap = 4;
    private const uint Major = 254;
    private const uint ScsiMajor = 8;

    private readonly SortedDictionary<uint, (DmDevice Device, byte[] Status)> _maps = [];
    private DmDevice[]? _list;

    public FakeDeviceMapper(int maps)
    {
        for (var i = 0; i < maps; i++) Add();
    }

    /// <summary>How often it was asked for the list.</summary>
    public int Lists { get; private set; }

    /// <summary>How often it was asked for a status.</summary>
    public int Statuses { get; private set; }

    /// <summary>Ends a status call late; null: at once.</summary>
    public WaitHandle? Hang { get; set; }

    /// <summary>A status call has not ended.</summary>
    public bool IsHanging { get; private set; }

    public static byte[] Table { get; } = Encoding.ASCII.GetBytes("1 queue_if_no_path 1 alua 2 1 service-time 0 2 2 8:0 1 1 8:1 1 1 service-time 0 2 2 8:2 1 1 8:3 1 1 ");

    /// <summary>One more map, of the next number.</summary>
    public void Add()
    {
        _list = null;
        var minor = _maps.Count == 0 ? 0 : _maps.Keys.Last() + 1;
        _maps[minor] = (new DmDevice($"mpath{minor}", new DmNumber(Major, minor), 0, $"mpath-3600a{minor:x8}"), Status(minor, []));
    }

    public void Remove(uint minor)
    {
        _list = null;
        _maps.Remove(minor);
    }

    /// <summary>Fails paths of a map; without any, all are well.</summary>
    public void Fail(uint minor, params int[] paths) => _maps[minor] = (_maps[minor].Device, Status(minor, paths));

    /// <summary>A status that is none.</summary>
    public void Break(uint minor) => _maps[minor] = (_maps[minor].Device, "2 0 1 0 two"u8.ToArray());

    public void List(List<DmDevice> devices)
    {
        Lists++;
        _list ??= [.. _maps.Values.Select(static map => map.Device)];
        devices.Clear();
        devices.AddRange(_list);
    }

    public DmStatus Status(DmNumber device)
    {
        Statuses++;
        IsHanging = true;
        Hang?.WaitOne();
        IsHanging = false;
        return Reply(device, _maps.TryGetValue(device.Minor, out var map) ? map.Status : null);
    }

    DmStatus IDeviceMapper.Table(DmNumber device) => Reply(device, _maps.ContainsKey(device.Minor) ? Table : null);

    public void Dispose()
    {
    }

    private static DmStatus Reply(DmNumber device, byte[]? text) => text is null
        ? throw new DmException($"read the status of device {device.Major}:{device.Minor}", Errno.ENXIO)
        : new DmStatus { Targets = 1, Sectors = 2048, Type = "multipath"u8, Text = text };

    private static byte[] Status(uint minor, int[] failed)
    {
        var text = new StringBuilder("2 0 1 0 2 1 ");
        for (var path = 0; path < PathsOfMap; path++)
        {
            if (path % 2 == 0) text.Append(path == 0 ? "A 0 2 2 " : "E 0 2 2 ");
            text.Append($"{ScsiMajor}:{minor * PathsOfMap + path} {(failed.Contains(path) ? "F 1" : "A 0")} 0 1 ");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
