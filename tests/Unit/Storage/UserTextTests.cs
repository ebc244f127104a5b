using NodeAgent.Storage.Users;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

public sealed class UserTextTests
{
    [Fact]
    public void Mounts_are_read_with_their_escapes()
    {
        var mounts = MountInfo.Parse("36 35 254:3 / /mnt/a\\040b rw,noatime master:1 shared:2 - ext4 /dev/mapper/mpatha rw\n37 35 0:6 /dm-3 /v rw - devtmpfs udev rw\nno mount\n38 35 x:y / /z rw - ext4 none rw\n39 - 1\n\n");
        Assert.Equal(["254:3 / /mnt/a b ext4 /dev/mapper/mpatha", "0:6 /dm-3 /v devtmpfs udev"], mounts.Select(m => $"{m.Device} {m.Root} {m.Point} {m.Type} {m.Source}"));
    }

    [Theory]
    [InlineData("/k/pods/u/volumes/kubernetes.io~csi/pvc-1/mount", "pvc-1")]
    [InlineData("/k/pods/u/volumes/kubernetes.io~fc/pv0", "pv0")]
    [InlineData("/k/pods/u/volume-subpaths/pvc-2/c/0", "pvc-2")]
    [InlineData("/k/pods/u/volumeDevices/kubernetes.io~csi/pvc-3", "pvc-3")]
    [InlineData("/k/plugins/kubernetes.io/csi/volumeDevices/publish/pvc-4/u", "pvc-4")]
    [InlineData("/k/plugins/kubernetes.io/csi/volumeDevices/staging/pvc-5/x", "pvc-5")]
    [InlineData("/k/plugins/kubernetes.io/csi/volumeDevices/pvc-6/dev/u", "pvc-6")]
    [InlineData("/k/plugins/kubernetes.io/csi/d/hash/globalmount", null)]
    [InlineData("/k/pods/u/etc-hosts", null)]
    [InlineData("/kk/pods/u/volumes/p/pvc", null)]
    [InlineData("/", null)]
    public void Kubelets_paths_name_volumes(string path, string? volume) => Assert.Equal(volume, KubeletPaths.VolumeOf("/k", path));

    [Theory]
    [InlineData("vg-lv", "vg/lv")]
    [InlineData("data--vg-my--lv", "data-vg/my-lv")]
    [InlineData("odd", "odd")]
    public void Logical_volumes_are_named_as_their_users_do(string device, string name) => Assert.Equal(name, LvmName.Readable(device));
}
