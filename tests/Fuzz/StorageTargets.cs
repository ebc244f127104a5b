using System.Text;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Native.Netlink;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Multipathd;
using NodeAgent.Storage.Sysfs;
using NodeAgent.Storage.Users;
using NodeAgent.Storage.Watching;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What the kernel and multipathd say about storage. The inputs to start from were recorded in a virtual machine.</summary>
internal static class StorageTargets
{
    private static readonly string[] s_states = ["healthy-2-paths", "one-path-failed", "4-paths", "users"];

    public static IEnumerable<FuzzTarget> All =>
    [
        new("uevent", Recorded(static fixture => fixture.Uevents()), () => ReadUevent),
        new("dm-list", Recorded(static fixture => [fixture.Bytes("dm/list-devices.hex")]), StartList),
        new("dm-status", Recorded(static fixture => fixture.Names("dm/status-of-").Concat(fixture.Names("dm/table-of-")).Select(fixture.Bytes)), () => ReadStatus),
        new("dm-text", Recorded(static fixture => fixture.Text("dm/status").Split('\n').Concat(fixture.Text("dm/table").Split('\n')).Where(static l => l.Contains("multipath", StringComparison.Ordinal)).Select(static l => Encoding.UTF8.GetBytes(l[(l.IndexOf("multipath", StringComparison.Ordinal) + 10)..]))), () => ReadText),
        new("multipathd-maps", Recorded(static fixture => [Encoding.UTF8.GetBytes(fixture.Text("multipathd/show-maps-json"))]), () => ReadMaps),
        new("multipathd-paths", Paths, () => static input => MultipathdText.Orphans(input)),
        new("mountinfo", Recorded(static fixture => fixture.Text("proc/self/mountinfo").Split('\n').Where(static l => l.Length > 0).Select(Encoding.UTF8.GetBytes)), () => ReadMounts),
    ];

    private static void ReadUevent(ReadOnlySpan<byte> input)
    {
        if (!Uevent.TryParse(input, out var uevent)) return;
        UeventTopics.Of(uevent, out _, out _);
        _ = uevent.DeviceName.Length + uevent["DM_PATH"u8].Length;
    }

    /// <summary>One list, read into again and again: what an earlier input left behind is part of the next one's state.</summary>
    private static Reader StartList()
    {
        var devices = new List<DmDevice>();
        return input => Refusing(input, bytes => DmReply.List(bytes, devices));
    }

    private static void ReadStatus(ReadOnlySpan<byte> input) => Refusing(input, static bytes =>
    {
        var status = DmReply.Status(bytes, "fuzz");
        MultipathText.ReadStatus(status.Text, out _);
        MultipathText.ReadTable(status.Text, out _, out _, out _);
        _ = Encoding.UTF8.GetString(status.Uuid) + Encoding.UTF8.GetString(status.Type);
    });

    private static void ReadText(ReadOnlySpan<byte> input)
    {
        MultipathText.ReadStatus(input, out _);
        MultipathText.ReadTable(input, out _, out _, out _);
    }

    private static void ReadMaps(ReadOnlySpan<byte> input)
    {
        try
        {
            MultipathdText.Maps(input.ToArray());
        }
        catch (MultipathdException)
        {
            // Refused, as it may be.
        }
    }

    private static void ReadMounts(ReadOnlySpan<byte> input)
    {
        foreach (var mount in MountInfo.Parse(Encoding.UTF8.GetString(input)))
        {
            KubeletPaths.VolumeOf("/var/lib/kubelet", mount.Point);
            DeviceRoute.Parse(mount.Source);
            LvmName.Readable(mount.Source);
        }
    }

    private static void Refusing(ReadOnlySpan<byte> input, Action<ReadOnlySpan<byte>> read)
    {
        try
        {
            read(input);
        }
        catch (DmException)
        {
            // Refused, as it may be.
        }
    }

    /// <summary>All that the recorded states hold, in turn.</summary>
    private static Func<int, byte[]> Recorded(Func<StorageFixture, IEnumerable<byte[]>> read)
    {
        var inputs = new Lazy<byte[][]>(() => [.. s_states.SelectMany(state =>
        {
            using var fixture = StorageFixture.Open(state);
            return read(fixture).Select(Whole).ToArray();
        })]);
        return seed => inputs.Value[seed % inputs.Value.Length];
    }

    /// <summary>A reply is recorded without the zeros at its end.</summary>
    private static byte[] Whole(byte[] bytes)
    {
        const int sizeOffset = 12;
        if (bytes.Length < 300 || BitConverter.ToInt32(bytes, 0) != 4) return bytes;
        Array.Resize(ref bytes, Math.Max(bytes.Length, BitConverter.ToInt32(bytes, sizeOffset)));
        return bytes;
    }

    private static byte[] Paths(int seed) => Encoding.UTF8.GetBytes(
        $"sda|8:{seed}|active|ready|running|50|mpatha|3600\nsdb|8:16|undef|i/o pending|offline|{seed - 3}|[orphan]|36{seed % 5}|wwid\n");
}
