using System.Globalization;
using System.Text;

namespace NodeAgent.Bench.Storage;

/// <summary>
/// A node with many maps of four paths each, over four hosts: sysfs as files, device-mapper and multipathd as what they would say.
/// The shape is that of tests/fixtures/storage. Paths fail and come back one by one.
/// </summary>
internal sealed class ManyMaps : IDisposable
{
    public const int Paths = 4;

    private const int MinorsOfDisk = 16;
    private const int MapMajor = 253;
    private const long Sectors = 2L << 30;

    private readonly byte[][] _status;
    private readonly byte[][] _json;
    private readonly byte[] _table;
    private readonly bool[] _failed;

    public ManyMaps(int count)
    {
        Count = count;
        Folder = Directory.CreateTempSubdirectory("nodeagent-bench-maps-").FullName;
        _failed = new bool[count * Paths];
        _status = new byte[count][];
        _json = new byte[count][];
        for (var map = 0; map < count; map++) (_status[map], _json[map]) = (Status(map), Json(map));
        _table = Encoding.ASCII.GetBytes("1 queue_if_no_path 0 1 1 service-time 0 4 2 8:0 1 1 8:16 1 1 8:32 1 1 8:48 1 1 ");
        Host = new HostPaths
        {
            Proc = Sub("proc"),
            Sys = Sub("sys"),
            Dev = Sub("dev"),
            Etc = Sub("etc"),
            HostRun = Sub("run"),
            State = Sub("state"),
            MultipathdSocket = Path.Combine(Folder, "run", "multipathd"),
        };
        File.WriteAllText(Path.Combine(Folder, "proc", "misc"), "236 device-mapper\n");
        for (var disk = 0; disk < count * Paths; disk++) WriteDisk(disk);
    }

    public int Count { get; }

    public string Folder { get; }

    public HostPaths Host { get; }

    public static string Name(int map) => string.Create(CultureInfo.InvariantCulture, $"volume{map:0000}");

    public static string Wwid(int map) => string.Create(CultureInfo.InvariantCulture, $"3600a098038314c65562450546{map:0000000}");

    /// <summary>Of a map in <see cref="Name"/>'s order.</summary>
    public static (uint Major, uint Minor) Number(int map) => (MapMajor, (uint)map);

    public static int MapOf(uint minor) => (int)minor;

    /// <summary>As DM_TABLE_STATUS has it.</summary>
    public ReadOnlySpan<byte> StatusOf(int map) => _status[map];

    /// <summary>The paths' numbers in it are those of the first map: what is read of it is not them.</summary>
    public ReadOnlySpan<byte> TableOf() => _table;

    public long SectorsOf() => Sectors;

    /// <summary>One path of a map fails in device-mapper, or comes back.</summary>
    public void Set(int map, int path, bool failed)
    {
        _failed[map * Paths + path] = failed;
        (_status[map], _json[map]) = (Status(map), Json(map));
    }

    /// <summary>multipathd's entry for a map.</summary>
    public byte[] JsonOf(int map) => _json[map];

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static string Disk(int disk) => string.Create(CultureInfo.InvariantCulture, $"sd{disk}");

    private static string DiskNumber(int disk) => string.Create(CultureInfo.InvariantCulture, $"8:{disk * MinorsOfDisk}");

    private byte[] Status(int map)
    {
        var text = new StringBuilder("2 0 0 0 1 1 A 0 4 2 ");
        for (var disk = map * Paths; disk < (map + 1) * Paths; disk++)
            text.Append(DiskNumber(disk)).Append(_failed[disk] ? " F 1 0 1 " : " A 0 0 1 ");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private byte[] Json(int map)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""{"name" : "{{Name(map)}}","uuid" : "{{Wwid(map)}}","sysfs" : "dm-{{map}}","failback" : "-","queueing" : "on","paths" : 4,"write_prot" : "rw","dm_st" : "active","features" : "1 queue_if_no_path","hwhandler" : "0","action" : "","path_faults" : 0,"vend" : "NETAPP","prod" : "LUN C-Mode","rev" : "9000","switch_grp" : 0,"map_loads" : 1,"total_q_time" : 0,"q_timeouts" : 0,"path_groups": [{"selector" : "service-time 0","pri" : 50,"dm_st" : "active","marginal_st" : "normal","group" : 1,"paths": [""");
        for (var disk = map * Paths; disk < (map + 1) * Paths; disk++)
        {
            if (disk > map * Paths) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $$"""{"dev" : "{{Disk(disk)}}","dev_t" : "{{DiskNumber(disk)}}","dm_st" : "{{(_failed[disk] ? "failed" : "active")}}","dev_st" : "running","chk_st" : "{{(_failed[disk] ? "faulty" : "ready")}}","checker" : "tur","pri" : 50,"host_wwnn" : "[undef]","target_wwnn" : "[undef]","host_wwpn" : "[undef]","target_wwpn" : "[undef]","host_adapter" : "[undef]","lun_hex" : "0x0000000000000000","marginal_st" : "normal"}""");
        }

        return Encoding.ASCII.GetBytes(text.Append("]}]}").ToString());
    }

    private void WriteDisk(int disk)
    {
        var host = disk % Paths;
        var hctl = string.Create(CultureInfo.InvariantCulture, $"{host}:0:0:{disk / Paths}");
        var scsi = $"devices/pseudo_0/adapter{host}/host{host}/target{host}:0:0/{hctl}";
        var device = Sub("sys", scsi);
        var block = Sub("sys", scsi, "block", Disk(disk));
        File.WriteAllText(Path.Combine(device, "state"), "running\n");
        File.WriteAllText(Path.Combine(device, "vendor"), "NETAPP  \n");
        File.WriteAllText(Path.Combine(device, "model"), "LUN C-Mode      \n");
        File.CreateSymbolicLink(Path.Combine(block, "device"), "../../../" + hctl);
        File.CreateSymbolicLink(Path.Combine(Sub("sys", "dev", "block"), DiskNumber(disk)), $"../../{scsi}/block/{Disk(disk)}");
    }

    private string Sub(params string[] parts) => Directory.CreateDirectory(Path.Combine([Folder, .. parts])).FullName;
}
