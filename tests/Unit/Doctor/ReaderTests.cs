using System.IO.Compression;
using System.Net.Sockets;
using NodeAgent.Doctor;
using NodeAgent.Doctor.Facts;
using NodeAgent.Doctor.Reading;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

/// <summary>The doctor's own readers over trees captured from hosts, and over such trees with named values changed.</summary>
public sealed class ReaderTests
{
    private const string Release = "6.12.101";

    [Fact]
    public void A_virtual_machine_without_modules()
    {
        using var tree = HostTree.Of("hosts/microvm");
        Assert.Equal(new CpuFacts(Known<int>.Of(2), Known<int>.Of(2)), CpuReader.Read(tree.Paths));
        Assert.Equal(25_276_510_208, MemoryReader.Read(tree.Paths).Total.Value);
        var nics = NicReader.Read(tree.Paths);
        Assert.Equal("eth0", Assert.Single(nics.Nics).Name);
        Assert.Equal(1, CgroupReader.Read(tree.Paths).Version.Value);
        var boot = BootReader.Read(tree.Paths).Value!;
        Assert.Equal(new Disk("vda", DiskKind.Virtual), Assert.Single(boot.Disks));
        Assert.Equal("ext4 on /dev/vda", boot.FileSystem);
        var kernel = KernelReader.Read(tree.Paths);
        Assert.Equal(new KernelPart(KernelPartState.BuiltIn, "CONFIG_BRIDGE=y"), kernel.Parts["bridge"]);
        Assert.Equal(new KernelPart(KernelPartState.Absent, "CONFIG_BONDING is not set"), kernel.Parts["bonding"]);
        Assert.False(kernel.VlanFiltering.Value);
        Assert.Equal("tsc", ClockReader.Read(tree.Paths, static () => default).Source.Value);
    }

    [Fact]
    public void A_virtual_machine_with_modules()
    {
        using var tree = HostTree.Of("hosts/debian-vm");
        var kernel = KernelReader.Read(tree.Paths);
        Assert.Equal(Release, kernel.Release.Value);
        Assert.All(["8021q", "bonding", "bridge", "dm_multipath", "tun"], part => Assert.Equal(new KernelPart(KernelPartState.Loaded, "/proc/modules"), kernel.Parts[part]));
        Assert.Equal(2, CgroupReader.Read(tree.Paths).Version.Value);
        Assert.Empty(BootReader.Read(tree.Paths).Value!.Disks);
        Assert.Empty(NicReader.Read(tree.Paths).Nics);
        Assert.True(SysctlReader.Read(tree.Paths).InotifyWatches.Value > 0);
    }

    [Theory]
    [InlineData("vhost_net", "kernel/drivers/vhost/vhost_net.ko.zst: kernel/drivers/vhost/vhost.ko.zst", "", "", "Loadable modules.dep")]
    [InlineData("dm_multipath", "kernel/drivers/md/dm-multipath.ko.xz:", "", "", "Loadable modules.dep")]
    [InlineData("dm_multipath", "kernel/drivers/md/dm-multipath.ko:", "", "CONFIG_DM_MULTIPATH=m", "Loadable modules.dep")]
    [InlineData("tun", "", "kernel/drivers/net/tun.ko", "", "BuiltIn modules.builtin")]
    [InlineData("tun", "", "", "CONFIG_TUN=y", "BuiltIn CONFIG_TUN=y")]
    [InlineData("tun", "kernel/drivers/net/tunnel.ko:", "", "CONFIG_TUN=m", "NotInstalled CONFIG_TUN=m")]
    [InlineData("tun", "kernel/x/stun.ko: kernel/drivers/net/tun.ko", "", "# CONFIG_TUN is not set", "Absent CONFIG_TUN is not set")]
    [InlineData("tun", "", "", "", "Absent neither modules.dep nor modules.builtin of 6.12.101 has it")]
    public void How_a_part_is_there(string part, string installed, string builtIn, string configuration, string expected)
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/sys/kernel/osrelease", Release + "\n");
        tree.Write($"lib/modules/{Release}/modules.dep", installed + "\n");
        tree.Write($"lib/modules/{Release}/modules.builtin", builtIn + "\n");
        if (configuration.Length > 0) tree.Write($"boot/config-{Release}", configuration + "\n");
        var found = KernelReader.Read(tree.Paths).Parts[part];
        Assert.Equal(expected, $"{found.State} {found.Source}");
    }

    [Fact]
    public void A_device_that_loads_its_module_is_named()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/sys/kernel/osrelease", Release + "\n");
        tree.Write($"lib/modules/{Release}/modules.dep", "kernel/drivers/vhost/vhost_net.ko.zst:\nkernel/drivers/net/tun.ko.zst:\n");
        tree.Write($"lib/modules/{Release}/modules.builtin", "");
        tree.Write("dev/vhost-net", "");
        var parts = KernelReader.Read(tree.Paths).Parts;
        Assert.Equal(new KernelPart(KernelPartState.Loadable, "/dev/vhost-net"), parts["vhost_net"]);
        Assert.Equal(new KernelPart(KernelPartState.Loadable, "modules.dep"), parts["tun"]);
    }

    [Fact]
    public void What_nothing_tells_is_unknown_and_not_absent()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/sys/kernel/osrelease", Release + "\n");
        var part = KernelReader.Read(tree.Paths).Parts["tun"];
        Assert.Equal(KernelPartState.Unknown, part.State);
        Assert.StartsWith("no list of modules in ", part.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_packed_configuration_of_the_running_kernel_is_read()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/sys/kernel/osrelease", Release + "\n");
        using (var packed = new GZipStream(File.Create(tree["proc/config.gz"]), CompressionLevel.Fastest)) packed.Write("CONFIG_TUN=y\nCONFIG_BRIDGE_VLAN_FILTERING=y\n"u8);
        var kernel = KernelReader.Read(tree.Paths);
        Assert.Equal(KernelPartState.BuiltIn, kernel.Parts["tun"].State);
        Assert.True(kernel.VlanFiltering.Value);

        File.WriteAllText(tree["proc/config.gz"], "no gzip");
        kernel = KernelReader.Read(tree.Paths);
        Assert.Equal(KernelPartState.Unknown, kernel.Parts["tun"].State);
        Assert.Contains("config.gz: ", kernel.Parts["tun"].Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bridge_shows_whether_it_can_filter()
    {
        using var tree = HostTree.Empty();
        tree.Write("sys/class/net/br0/bridge/bridge_id", "8000.000000000000\n");
        Assert.False(KernelReader.Read(tree.Paths).VlanFiltering.Value);
        tree.Write("sys/class/net/br0/bridge/vlan_filtering", "0\n");
        Assert.True(KernelReader.Read(tree.Paths).VlanFiltering.Value);
    }

    // Shaped as sysfs has it: the link in class/net leads to the device's folder.
    [Fact]
    public void Nics_that_count_and_those_that_do_not()
    {
        using var tree = HostTree.Empty();
        Nic("enp1s0", "1", "10000", "1", "pci");
        Nic("enp1s1", "1", "-1", "0", "pci");
        Nic("enp1s0v0", "1", "10000", "1", "pci");
        tree.Write("sys/class/net/enp1s0v0/device/physfn/vendor", "0x8086\n");
        Nic("usb0", "1", "425", "1", "usb");
        Nic("ib0", "32", "100000", "1", "pci");
        Nic("wlan0", "1", "1000", "1", "pci");
        Directory.CreateDirectory(tree["sys/class/net/wlan0/phy80211"]);
        tree.Write("sys/class/net/br0/type", "1\n");
        var facts = NicReader.Read(tree.Paths);
        Assert.Equal([new Nic("enp1s0", Known<long>.Of(10_000_000_000), true), new Nic("enp1s1", default, false)], facts.Nics);
        Assert.Equal(["enp1s0v0 (a virtual function of another)", "ib0 (no Ethernet)", "usb0 (USB: often the way to the machine's own management)", "wlan0 (wireless)"], facts.LeftOut);

        void Nic(string name, string type, string speed, string carrier, string bus)
        {
            foreach (var (file, text) in new[] { ("type", type), ("speed", speed), ("carrier", carrier), ("device/vendor", "0x8086") }) tree.Write($"sys/class/net/{name}/{file}", text + "\n");
            File.CreateSymbolicLink(tree[$"sys/class/net/{name}/device/subsystem"], $"../../../../bus/{bus}");
        }
    }

    [Fact]
    public void Threads_of_one_core_are_one_core()
    {
        using var tree = HostTree.Empty();
        tree.Write("sys/devices/system/cpu/online", "0-7\n");
        for (var i = 0; i < 8; i++)
        {
            tree.Write($"sys/devices/system/cpu/cpu{i}/topology/core_id", $"{i % 2}\n");
            tree.Write($"sys/devices/system/cpu/cpu{i}/topology/physical_package_id", $"{i / 4}\n");
        }

        Assert.Equal(new CpuFacts(Known<int>.Of(8), Known<int>.Of(4)), CpuReader.Read(tree.Paths));
        tree.Remove("sys/devices/system/cpu/cpu3/topology/core_id");
        Assert.True(CpuReader.Read(tree.Paths).Cores.IsAbsent);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0-3,8,10-11", "0 1 2 3 8 10 11")]
    [InlineData("", null)]
    [InlineData("3-1", null)]
    [InlineData("0-99999999", null)]
    [InlineData("-1", null)]
    [InlineData("a", null)]
    public void The_kernels_lists(string text, string? numbers) =>
        Assert.Equal(numbers, CpuList.Parse(text) is { } list ? string.Join(' ', list) : null);

    // Shaped as the kernel has it for LVM on a multipath map of two Fibre Channel disks.
    [Fact]
    public void From_the_root_to_the_disks_of_a_san()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/1/mountinfo", "1 0 0:2 / / rw - rootfs rootfs rw\n26 1 253:1 / / rw,relatime shared:1 - xfs /dev/mapper/vg-root rw\n");
        Directory.CreateDirectory(tree["sys/dev/block"]);
        Directory.CreateDirectory(tree["sys/class/block"]);
        Map("dm-1", "253:1", "vg-root", "LVM-abc", "dm-0");
        Map("dm-0", "253:0", "mpatha", "mpath-3600", "sda", "sdb");
        foreach (var (disk, host) in new[] { ("sda", 1), ("sdb", 2) })
        {
            var place = $"devices/pci0000:00/host{host}/rport-{host}:0-0/target{host}:0:0/{host}:0:0:0/block/{disk}";
            tree.Write($"sys/{place}/size", "1\n");
            File.CreateSymbolicLink(tree[$"sys/class/block/{disk}"], $"../../{place}");
        }

        var boot = BootReader.Read(tree.Paths).Value!;
        Assert.Equal(["LVM volume vg-root", "multipath map mpatha"], boot.Layers);
        Assert.Equal(["mpatha"], boot.Maps);
        Assert.Equal([new Disk("sda", DiskKind.FibreChannel), new Disk("sdb", DiskKind.FibreChannel)], boot.Disks);

        void Map(string device, string number, string name, string uuid, params string[] slaves)
        {
            var place = $"devices/virtual/block/{device}";
            tree.Write($"sys/{place}/dm/name", name + "\n");
            tree.Write($"sys/{place}/dm/uuid", uuid + "\n");
            foreach (var slave in slaves) Directory.CreateDirectory(tree[$"sys/{place}/slaves/{slave}"]);
            File.CreateSymbolicLink(tree[$"sys/dev/block/{number}"], $"../../{place}");
            File.CreateSymbolicLink(tree[$"sys/class/block/{device}"], $"../../{place}");
        }
    }

    [Fact]
    public void The_libvirt_of_a_guests_pod_is_asked_over_its_own_socket()
    {
        using var tree = HostTree.Empty();
        tree.Write("proc/7/comm", "virtqemud\n");
        tree.Write("proc/8/comm", "qemu-kvm\n");
        tree.Write("proc/9/comm", "qemu-system-x86\n");
        tree.Write("proc/10/comm", "qemu-img\n");
        Directory.CreateDirectory(tree["proc/7/root/run/libvirt"]);
        Assert.Equal([new LibvirtServer(7, "run/libvirt/virtqemud-sock-ro: there is no such socket", false)], Read().Servers);
        Assert.Equal(2, Read().Qemus);

        var path = tree["proc/7/root/run/libvirt/virtqemud-sock"];
        using (var libvirt = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            libvirt.Bind(new UnixDomainSocketEndPoint(path));
            Assert.Equal([new LibvirtServer(7, "run/libvirt/virtqemud-sock: nobody takes connections", false)], Read().Servers);
            libvirt.Listen();
            Assert.Equal([new LibvirtServer(7, null, false)], Read().Servers);
        }

        GuestFacts Read() => GuestReader.Read(tree.Paths);
    }

    [Fact]
    public void The_nearest_folder_that_exists_is_asked_for_space()
    {
        using var tree = HostTree.Empty();
        Directory.CreateDirectory(tree["var"]);
        var facts = StateReader.Read(tree.Paths, StateReader.FreeBytes);
        Assert.Equal(tree["var"], facts.Folder);
        Assert.True(facts.Free.Value > 0);
    }

    [Fact]
    public void The_running_kernel_tells_of_its_clock()
    {
        var clock = ClockReader.Kernel();
        Assert.True(clock.IsFound, clock.Error);
        Assert.True(clock.Value!.MaxError >= TimeSpan.Zero);
    }
}
