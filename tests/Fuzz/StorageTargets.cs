using System.Text;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What the kernel and multipathd say about storage.</summary>
internal static class StorageTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("uevent", Uevents, () => ReadUevent),
    ];

    private static void ReadUevent(ReadOnlySpan<byte> input)
    {
        if (!Uevent.TryParse(input, out var uevent)) return;
        _ = uevent.Subsystem.Length + uevent.DeviceName.Length + uevent.Name.Length + uevent["DM_PATH"u8].Length;
    }

    private static byte[] Uevents(int seed) => Encoding.ASCII.GetBytes(
        $"{(seed % 2 == 0 ? "change" : "remove")}@/devices/virtual/block/dm-{seed}\0ACTION=change\0SUBSYSTEM=block\0DM_PATH=8:{seed}\0DM_NAME=mpath{seed}\0DEVNAME=dm-{seed}\0SEQNUM={seed * 7}\0");
}
