using NodeAgent.Migration.Guests.Parsing;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Guests;

public sealed class QemuCommandLineTests
{
    [Fact]
    public void A_guest_of_kubevirt_is_read_whole()
    {
        var line = QemuCommandLine.Parse(CommandLines.KubeVirt);
        Assert.Equal(("default_testvm", CommandLines.KubeVirtUuid), (line.Name, line.Uuid));
        Assert.Equal((4L << 30, 2), (line.MemoryBytes, line.Vcpus));
        Assert.True(line.RunByLibvirt && line.Incoming && line.Kvm && line.HasTapDescriptors);
        Assert.Equal(4096, line.DirtyRingSize);
        Assert.Empty(line.QmpSockets);
        Assert.Empty(line.Blockers);
        Assert.Empty(line.Links);
        Assert.False(line.Daemonizes);
    }

    [Fact]
    public void A_guest_that_a_person_started_is_read_whole()
    {
        var line = QemuCommandLine.Parse(CommandLines.Plain);
        Assert.Equal(("web 1,Köln", ""), (line.Name, line.Uuid));
        Assert.Equal((3L << 29, 12), (line.MemoryBytes, line.Vcpus));
        Assert.True(line.Kvm);
        Assert.False(line.RunByLibvirt || line.Incoming || line.HasTapDescriptors);
        Assert.Equal(["/run/web.qmp"], line.QmpSockets);
        Assert.Equal(["tap17"], line.Links);
    }

    [Fact]
    public void A_guest_of_proxmox_has_the_monitor_that_listens_and_not_the_one_that_calls()
    {
        var line = QemuCommandLine.Parse(CommandLines.Proxmox);
        Assert.Equal(["/var/run/qemu-server/100.qmp"], line.QmpSockets);
        Assert.Equal(("db", 4, 2L << 30), (line.Name, line.Vcpus, line.MemoryBytes));
        Assert.True(line.Kvm, "a program called kvm prefers KVM");
        Assert.True(line.Daemonizes);
        Assert.Equal(["tap100i0"], line.Links);
    }

    [Theory]
    [InlineData("guest=a b/c\nd,debug-threads=on", "a b/c\nd")]
    [InlineData("guest=ünïcode_✓", "ünïcode_✓")]
    [InlineData("debug-threads=on,guest=x,,y", "x,y")]
    [InlineData("x,,y,process=qemu", "x,y")]
    [InlineData("", "")]
    public void A_name_may_hold_anything(string option, string name) => Assert.Equal(name, QemuCommandLine.Parse(CommandLines.With("-name", option)).Name);

    [Theory]
    [InlineData("4096", 4L << 30)]
    [InlineData("512k", 512L << 10)]
    [InlineData("size=3G,slots=16,maxmem=64G", 3L << 30)]
    [InlineData("size=1073741824b", 1L << 30)]
    [InlineData("0x10", 16L << 20)]
    [InlineData("99999999999G", null)]
    [InlineData("much", null)]
    [InlineData("-1", null)]
    public void Memory_is_in_bytes(string option, long? bytes) => Assert.Equal(bytes, QemuCommandLine.Parse(CommandLines.With("-m", option)).MemoryBytes);

    [Theory]
    [InlineData("4", 4)]
    [InlineData("cpus=3,maxcpus=8", 3)]
    [InlineData("sockets=2,dies=2,cores=3,threads=2", 24)]
    [InlineData("maxcpus=8", 8)]
    [InlineData("sockets=1048576,cores=1048576", 1 << 20)]
    [InlineData("none", 1)]
    public void Vcpus_follow_from_the_topology_where_they_are_not_said(string option, int vcpus) =>
        Assert.Equal(vcpus, QemuCommandLine.Parse(CommandLines.With("-smp", option)).Vcpus);

    [Theory]
    [InlineData(true, "-enable-kvm")]
    [InlineData(true, "-accel", "kvm")]
    [InlineData(true, "-accel", "kvm", "-accel", "tcg")]
    [InlineData(false, "-accel", "tcg", "-accel", "kvm")]
    [InlineData(false, "-machine", "q35,accel=tcg:kvm")]
    [InlineData(false)]
    public void The_first_accelerator_counts(bool kvm, params string[] arguments) => Assert.Equal(kvm, QemuCommandLine.Parse(CommandLines.With(arguments)).Kvm);

    [Theory]
    [InlineData("-chardev", "socket,id=charmonitor,fd=26,server=on,wait=off")]
    [InlineData("-chardev", "socket,id=charmonitor,path=/var/lib/libvirt/qemu/domain-3-a/monitor.sock,server,nowait")]
    [InlineData("-object", "secret,id=masterKey0,format=raw,file=/var/lib/libvirt/qemu/domain-1-a/master-key.aes")]
    [InlineData("-object", """{"qom-type":"secret","id":"masterKey0"}""")]
    public void The_marks_of_libvirt_are_known(params string[] arguments) => Assert.True(QemuCommandLine.Parse(CommandLines.With(arguments)).RunByLibvirt);

    [Theory]
    [InlineData("-qmp", "unix:/var/lib/libvirt/qemu/domain-3-a b/monitor.sock,server=on,wait=off")]
    [InlineData("-qmp", "unix:/a.sock")]
    [InlineData("-qmp", "unix:/a.sock,server=off")]
    [InlineData("-qmp", "unix:a,abstract=on,server=on")]
    [InlineData("-qmp", "stdio")]
    [InlineData("-monitor", "unix:/a.sock,server=on,wait=off")]
    [InlineData("-chardev", "socket,id=m,path=/a.sock,server=on", "-mon", "chardev=m,mode=readline")]
    [InlineData("-chardev", "socket,id=m,path=/a.sock,server=on", "-mon", "chardev=other,mode=control")]
    [InlineData("-chardev", "socket,id=charmonitor,path=/a.sock,server=on", "-mon", "chardev=charmonitor,mode=control")]
    [InlineData("-chardev", "socket,id=m,fd=7,server=on", "-mon", "chardev=m,mode=control")]
    [InlineData("-chardev", "socket,id=m,path=/a.sock,server=on,websocket=on", "-mon", "chardev=m,mode=control")]
    public void A_socket_that_is_not_a_free_monitor_is_left_alone(params string[] arguments) => Assert.Empty(QemuCommandLine.Parse(CommandLines.With(arguments)).QmpSockets);

    [Theory]
    [InlineData("/a,b.sock", "-qmp", "unix:/a,,b.sock,server=on,wait=off")]
    [InlineData("/a.sock", "-qmp-pretty", "unix:path=/a.sock,server")]
    [InlineData("/a.sock", "-mon", "m,mode=control", "-chardev", "socket,path=/a.sock,server=on,wait=off,id=m")]
    [InlineData("/a.sock", "-qmp", "chardev:m", "-chardev", "socket,path=/a.sock,server=on,wait=off,id=m")]
    public void A_free_monitor_is_found_however_it_is_written(string path, params string[] arguments) =>
        Assert.Equal([path], QemuCommandLine.Parse(CommandLines.With(arguments)).QmpSockets);

    [Theory]
    [InlineData("has the host's PCI device 0000:3b:00.0 passed through (vfio-pci): it cannot be migrated while that is attached", "-device", "vfio-pci,host=3b:00.0,id=x")]
    [InlineData("has the host's PCI device 0000:3b:00.0 passed through (vfio-pci): it cannot be migrated while that is attached", "-device", """{"driver":"vfio-pci","host":"0000:3b:00.0","id":"hostdev0"}""")]
    [InlineData("has the host's mediated device 5a9fc181-957e-5c32-9e5a-2de5e9673531 passed through (vfio-pci): it cannot be migrated while that is attached", "-device", "vfio-pci,sysfsdev=/sys/bus/mdev/devices/5a9fc181-957e-5c32-9e5a-2de5e9673531")]
    [InlineData("has its memory encrypted by the CPU (AMD SEV): it cannot be migrated", "-object", "sev-guest,id=sev0,cbitpos=47")]
    [InlineData("has its memory encrypted by the CPU (Intel TDX): it cannot be migrated", "-object", """{"qom-type":"tdx-guest","id":"lsec0"}""")]
    [InlineData("has an invariant TSC without a fixed frequency (-cpu …,invtsc=on without tsc-frequency): it cannot be migrated", "-cpu", "host,invtsc=on")]
    [InlineData("has an invariant TSC without a fixed frequency (-cpu …,invtsc=on without tsc-frequency): it cannot be migrated", "-cpu", "host,+invtsc")]
    public void What_cannot_be_migrated_is_named(string sentence, params string[] arguments) => Assert.Equal([sentence], QemuCommandLine.Parse(CommandLines.With(arguments)).Blockers);

    [Theory]
    [InlineData("-device", "vfio-pci,host=3b:00.0,enable-migration=on")]
    [InlineData("-device", """{"driver":"vfio-pci","host":"0000:3b:00.0","failover_pair_id":"net0"}""")]
    [InlineData("-device", "virtio-net-pci,netdev=n0")]
    [InlineData("-cpu", "host,invtsc=on,tsc-frequency=2400000000")]
    [InlineData("-append", "-device vfio-pci,host=3b:00.0")]
    public void What_does_not_stand_in_the_way_is_not(params string[] arguments) => Assert.Empty(QemuCommandLine.Parse(CommandLines.With(arguments)).Blockers);

    [Theory]
    [InlineData("qemu-kvm", true)]
    [InlineData("qemu-system-x86", true)]
    [InlineData("kvm", true)]
    [InlineData("qemu-system-aarch64", true)]
    [InlineData("qemu-img", false)]
    [InlineData("qemu-ga", false)]
    [InlineData("qemu-x86_64", false)]
    [InlineData("kvm-nx-lpage-re", false)]
    [InlineData("", false)]
    public void Programs_that_run_a_machine_are_told_from_QEMUs_tools(string name, bool isMachine) => Assert.Equal(isMachine, QemuName.IsMachine(System.Text.Encoding.UTF8.GetBytes(name)));
}
