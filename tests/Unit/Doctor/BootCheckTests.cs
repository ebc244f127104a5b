using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Judging;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

public sealed class BootCheckTests
{
    public static TheoryData<string, string> Cases() => new()
    {
        { "sda2 > sda", "ok: partition sda2, local disk sda" },
        { "nvme0n1p2 > nvme0n1", "ok: partition nvme0n1p2, local disk nvme0n1" },
        { "vda > vda:virtual", "ok: partition vda, virtual disk vda" },
        { "mpatha=mpath > sda:fc sdb:fc", "warn: the root is on multipath: multipath map mpatha, sda over Fibre Channel and sdb over Fibre Channel" },
        { "mpatha=mpath > sda sdb", "warn: the root is on multipath: multipath map mpatha, local disk sda and local disk sdb" },
        { "sda2 > sda:fc", "warn: the root hangs on one path: partition sda2, sda over Fibre Channel" },
        { "sda2 > sda:iscsi", "warn: the root hangs on one path: partition sda2, sda over iSCSI" },
        { "nvme0n1p1 > nvme0n1:tcp2", "warn: the root is on the network: partition nvme0n1p1, nvme0n1 over NVMe-oF with 2 paths" },
        { "nvme0n1p1 > nvme0n1:tcp1", "warn: the root hangs on one path: partition nvme0n1p1, nvme0n1 over NVMe-oF with 1 path" },
        { "sdb1 > sdb:usb", "warn: partition sdb1, USB or card sdb" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_way_to_boot(string chain, string text) => Assert.Equal(text, Judged.Text(BootChecks.All, "boot.disk", Known<BootFacts>.Of(Facts(chain))));

    [Fact]
    public void A_root_without_a_disk_is_unknown_and_one_on_the_network_a_warning()
    {
        Assert.Equal("unknown: the root is overlay on overlay, and what is below that does not show here", Text("overlay on overlay"));
        Assert.Equal("warn: the root is nfs4 on server:/root", Text("nfs4 on server:/root"));
        Assert.Equal("unknown: mountinfo: EIO", Judged.Text(BootChecks.All, "boot.disk", Known<BootFacts>.Failed("mountinfo: EIO")));

        static string Text(string system) => Judged.Text(BootChecks.All, "boot.disk", Known<BootFacts>.Of(new BootFacts(system, [], [], [])));
    }

    // "mpatha=mpath > sda:fc sdb:fc"
    private static BootFacts Facts(string chain)
    {
        var parts = chain.Split(" > ");
        var isMap = parts[0].EndsWith("=mpath", StringComparison.Ordinal);
        var layer = parts[0].Split('=')[0];
        return new BootFacts("ext4 on /dev/root", [isMap ? $"multipath map {layer}" : $"partition {layer}"], isMap ? [layer] : [], [.. parts[1].Split(' ').Select(Disk)]);
    }

    private static Disk Disk(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 1 ? new Disk(text, DiskKind.Local) : parts[1] switch
        {
            "fc" => new Disk(parts[0], DiskKind.FibreChannel),
            "iscsi" => new Disk(parts[0], DiskKind.Iscsi),
            "usb" => new Disk(parts[0], DiskKind.Removable),
            "virtual" => new Disk(parts[0], DiskKind.Virtual),
            _ => new Disk(parts[0], DiskKind.NvmeFabric, parts[1][^1] - '0'),
        };
    }
}
