using System.Text;

namespace NodeAgent.Tests.Unit.Migration.Guests;

/// <summary>Command lines as libvirt, KubeVirt, Proxmox and people write them.</summary>
internal static class CommandLines
{
    public const string KubeVirtUuid = "1f0c6a52-7d0e-4b57-9c0a-2b8f5a0e6c11";

    /// <summary>virt-launcher of KubeVirt: libvirt's JSON syntax, the tap handed over, the other end of a migration.</summary>
    public static readonly byte[] KubeVirt = Of(
        "/usr/libexec/qemu-kvm", "-name", "guest=default_testvm,debug-threads=on", "-S",
        "-object", """{"qom-type":"secret","id":"masterKey0","format":"raw","file":"/var/run/kubevirt-private/libvirt/qemu/lib/domain-1-default_testvm/master-key.aes"}""",
        "-machine", "pc-q35-rhel9.4.0,usb=off,dump-guest-core=off,memory-backend=pc.ram,acpi=on", "-accel", "kvm,dirty-ring-size=4096",
        "-cpu", "Skylake-Client-IBRS,ss=on,vmx=on,hypervisor=on,invtsc=on,tsc-frequency=2400000000",
        "-m", "size=4194304k", "-object", """{"qom-type":"memory-backend-memfd","id":"pc.ram","share":true,"x-use-canonical-path-for-ramblock-id":false,"size":4294967296}""",
        "-overcommit", "mem-lock=off", "-smp", "2,maxcpus=8,sockets=4,dies=1,cores=2,threads=1", "-uuid", KubeVirtUuid,
        "-smbios", "type=1,manufacturer=KubeVirt,product=None,uuid=5a9fc181-957e-5c32-9e5a-2de5e9673531,family=KubeVirt",
        "-no-user-config", "-nodefaults", "-chardev", "socket,id=charmonitor,fd=20,server=on,wait=off", "-mon", "chardev=charmonitor,id=monitor,mode=control",
        "-rtc", "base=utc", "-no-shutdown", "-boot", "strict=on",
        "-device", """{"driver":"pcie-root-port","port":16,"chassis":1,"id":"pci.1","bus":"pcie.0","multifunction":true,"addr":"0x2"}""",
        "-blockdev", """{"driver":"host_device","filename":"/dev/vda","aio":"native","node-name":"libvirt-1-storage","cache":{"direct":true,"no-flush":false}}""",
        "-netdev", """{"type":"tap","fd":"21","vhost":true,"vhostfd":"23","id":"hostua-default"}""",
        "-device", """{"driver":"virtio-net-pci-non-transitional","host_mtu":1480,"netdev":"hostua-default","id":"ua-default","mac":"02:9e:b8:00:00:00","bus":"pci.1","addr":"0x0"}""",
        "-chardev", "socket,id=charserial0,fd=18,server=on,wait=off", "-device", """{"driver":"isa-serial","chardev":"charserial0","id":"serial0","index":0}""",
        "-chardev", "socket,id=charchannel0,fd=19,server=on,wait=off",
        "-vnc", "vnc=unix:/var/run/kubevirt-private/8e2c/virt-vnc,audiodev=audio1", "-incoming", "defer",
        "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny", "-msg", "timestamp=on");

    /// <summary>As a person starts one, with a monitor for whoever wants it.</summary>
    public static readonly byte[] Plain = Of(
        "qemu-system-x86_64", "-M", "q35,accel=kvm:tcg", "--name", "web 1,,Köln", "-m", "1.5G", "-smp", "cores=2,sockets=3,threads=2", "-nographic", "-append", "-S root=/dev/vda",
        "-netdev", "tap,id=n0,ifname=tap17,script=no", "-net", "nic", "-qmp", "unix:/run/web.qmp,server,nowait", "-qmp", "tcp:127.0.0.1:4444,server=on,wait=off", "disk.img");

    /// <summary>As qm of Proxmox VE writes it.</summary>
    public static readonly byte[] Proxmox = Of(
        "/usr/bin/kvm", "-id", "100", "-name", "db,debug-threads=on", "-no-shutdown", "-chardev", "socket,id=qmp,path=/var/run/qemu-server/100.qmp,server=on,wait=off",
        "-mon", "chardev=qmp,mode=control", "-chardev", "socket,id=qmp-event,path=/var/run/qmeventd.sock,reconnect=5", "-mon", "chardev=qmp-event,mode=control",
        "-pidfile", "/var/run/qemu-server/100.pid", "-daemonize", "-smbios", "type=1,uuid=0a", "-smp", "4,sockets=1,cores=4,maxcpus=4", "-nodefaults",
        "-vnc", "unix:/var/run/qemu-server/100.vnc,password=on", "-m", "2048", "-netdev", "type=tap,id=net0,ifname=tap100i0,script=/var/lib/qemu-server/pve-bridge,vhost=on");

    public static byte[] Of(params string[] arguments) => Encoding.UTF8.GetBytes(string.Concat(arguments.Select(static a => a + '\0')));

    public static byte[] With(params string[] arguments) => Of(["qemu-system-x86_64", .. arguments]);
}
