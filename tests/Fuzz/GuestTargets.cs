using System.Globalization;
using System.Text;
using NodeAgent.Migration.Guests.Parsing;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What processes and the kernel say of guests: whoever starts a process writes its command line and its name.</summary>
internal static class GuestTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("qemu-command-line", CommandLine, () => ReadCommandLine),
        new("process-cgroup", Cgroup, () => static input => ContainerPath.Parse(input)),
        new("process-stat", static seed => Encoding.ASCII.GetBytes($"{seed} (qemu (x) {seed % 7}) S 1 2 3 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 5 0 {seed * 977} 1000 200\n"), () => static input => ProcessStat.TryParse(input, out _)),
        new("process-tcp", Sockets, () => ReadSockets),
        new("process-fdinfo", static seed => Encoding.ASCII.GetBytes($"pos:\t0\nflags:\t0104002\niff:\ttap{seed}\n"), () => static input => TapReader.NameOf(input)),
        new("process-event", Event, () => static input => ProcessEvent.TryParse(input, out _)),
    ];

    private static void ReadCommandLine(ReadOnlySpan<byte> input)
    {
        var line = QemuCommandLine.Parse(input);
        if (line.MemoryBytes < 0 || line.Vcpus < 1 || line.DirtyRingSize < 0) throw new InvalidOperationException($"{line.MemoryBytes} bytes, {line.Vcpus} vCPUs, a ring of {line.DirtyRingSize}");
        if (line.Links.Count > 64 || line.Blockers.Count > 64 || line.QmpSockets.Count > 16) throw new InvalidOperationException("a list without end");
        KubeVirtName.Of(line.Name, "pod");
    }

    private static void ReadSockets(ReadOnlySpan<byte> input)
    {
        var sockets = new List<TcpSocket>();
        TcpTable.Parse(input, sockets);
        PeerRule.Choose(sockets, sockets.Select(static s => s.Inode).ToHashSet(), "10.0.0.7");
    }

    private static byte[] CommandLine(int seed)
    {
        string[] arguments = (seed % 3) switch
        {
            0 => ["qemu-system-x86_64", "-name", $"guest=a,,{seed},debug-threads=on", "-m", $"size={seed}k,slots=4", "-smp", $"sockets={seed % 9},cores=2", "-qmp", $"unix:/run/{seed},server,nowait", "-enable-kvm", "-device", $"vfio-pci,host=3b:00.{seed % 8}"],
            1 => ["/usr/libexec/qemu-kvm", "-S", "-object", $$"""{"qom-type":"secret","id":"masterKey{{seed % 2}}"}""", "-accel", $"kvm,dirty-ring-size={seed}", "-netdev", $$"""{"type":"tap","fd":"{{seed}}","vhost":true}""", "-mon", "chardev=m,mode=control", "-chardev", $"socket,id=m,path=/{seed},server=on"],
            _ => ["kvm", "-M", "q35,accel=kvm:tcg", "-cpu", "host,+invtsc", "-nic", $"tap,ifname=tap{seed}", "-uuid", new Guid(seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString(), "-incoming", "defer", "-daemonize", "-m", $"{seed}.5G"],
        };
        return Encoding.UTF8.GetBytes(string.Concat(arguments.Select(static a => a + '\0')));
    }

    private static byte[] Cgroup(int seed) => Encoding.ASCII.GetBytes(
        $"12:memory:/kubepods/burstable/pod{new Guid(seed, 0, 0, new byte[8])}/{seed:x64}\n0::/kubepods.slice/kubepods-pod{seed:x8}_0000.slice/cri-containerd-{seed:x64}.scope/libvirt\n");

    private static byte[] Sockets(int seed) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"  sl  local_address rem_address\n   0: 0100007F:{seed & 0xffff:X4} 0B00020A:C000 01 00000000:00000000 00:00000000 00000000   107        0 {seed} 1\n   1: B80D0120000000000000000001000000:C350 0000000000000000FFFF00000B00020A:{seed & 0xfff:X4} 0A 0:0 0:0 0 0 0 {seed + 1} 1\n"));

    private static byte[] Event(int seed)
    {
        var message = new byte[76];
        message[16] = message[20] = 1;
        message[36] = (byte)(seed % 3);
        BitConverter.TryWriteBytes(message.AsSpan(52), seed);
        BitConverter.TryWriteBytes(message.AsSpan(56), seed);
        return message;
    }
}
