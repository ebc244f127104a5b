namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>What a command line of QEMU says of its guest. Pure: bytes in, values out, whatever the bytes.</summary>
internal sealed class QemuCommandLine
{
    private const int MostListed = 64;

    private readonly QemuMonitors _monitors = new();
    private readonly List<string> _links = [];
    private readonly List<string> _blockers = [];
    private bool? _kvm;

    private QemuCommandLine()
    {
    }

    /// <summary>Of the domain; empty where there is none.</summary>
    public string Name { get; private set; } = "";

    public string Uuid { get; private set; } = "";

    public long? MemoryBytes { get; private set; }

    public int Vcpus { get; private set; } = 1;

    public bool Kvm => _kvm is true;

    public int DirtyRingSize { get; private set; }

    public bool Incoming { get; private set; }

    public bool RunByLibvirt { get; private set; }

    /// <summary>It goes on as another process, and this one ends.</summary>
    public bool Daemonizes { get; private set; }

    /// <summary>Taps were handed over as descriptors: their names are not on the command line.</summary>
    public bool HasTapDescriptors { get; private set; }

    public IReadOnlyList<string> Links => _links;

    public IReadOnlyList<string> Blockers => _blockers;

    public IReadOnlyList<string> QmpSockets => _monitors.Sockets;

    /// <param name="text">/proc/PID/cmdline.</param>
    public static QemuCommandLine Parse(ReadOnlySpan<byte> text)
    {
        var line = new QemuCommandLine();
        QemuArguments.ForEach(text, line.Read);
        // A program called so prefers KVM (configure_accelerators in softmmu/vl.c).
        line._kvm ??= QemuArguments.Program(text).EndsWith("kvm", StringComparison.Ordinal);
        return line;
    }

    private void Read(string option, string value)
    {
        switch (option)
        {
            case "name": Name = QemuOptions.Parse(value, "guest")["guest"] ?? Name; break;
            case "uuid": Uuid = Guid.TryParse(value, out var uuid) ? uuid.ToString() : value; break;
            case "m": MemoryBytes = QemuSize.Parse(QemuOptions.Parse(value, "size")["size"], 1 << 20) ?? MemoryBytes; break;
            case "smp": Vcpus = CpusOf(QemuOptions.Parse(value, "cpus")); break;
            case "enable-kvm": _kvm ??= true; break;
            case "accel": ReadAccelerator(QemuOptions.Parse(value, "accel")); break;
            case "machine" or "M": ReadMachine(QemuOptions.Parse(value, "type")); break;
            case "cpu": Block(QemuBlockers.OfCpu(value)); break;
            case "incoming": Incoming = true; break;
            case "daemonize": Daemonizes = true; break;
            case "object": ReadObject(QemuOptions.Parse(value, "qom-type")); break;
            case "device": Block(QemuBlockers.OfDevice(QemuOptions.Parse(value, "driver"))); break;
            case "netdev" or "nic" or "net": ReadNetwork(QemuOptions.Parse(value, "type")); break;
            case "chardev": ReadChardev(QemuOptions.Parse(value, "backend")); break;
            case "mon": _monitors.AddMonitor(QemuOptions.Parse(value, "chardev")); break;
            case "qmp" or "qmp-pretty": _monitors.AddQmp(value); break;
        }
    }

    // Several may be named: QEMU takes the first that works.
    private void ReadAccelerator(QemuOptions accelerator)
    {
        var isKvm = accelerator["accel"] == "kvm";
        _kvm ??= isKvm;
        if (isKvm) DirtyRingSize = QemuSize.Count(accelerator["dirty-ring-size"]) ?? DirtyRingSize;
    }

    private void ReadMachine(QemuOptions machine)
    {
        // "kvm:tcg": the same, as a list.
        if (machine["accel"] is { } accelerators) _kvm ??= accelerators == "kvm" || accelerators.StartsWith("kvm:", StringComparison.Ordinal);
    }

    private void ReadObject(QemuOptions made)
    {
        RunByLibvirt |= made["id"] == "masterKey0" && made["qom-type"] == "secret";
        Block(QemuBlockers.OfObject(made));
    }

    private void ReadChardev(QemuOptions chardev)
    {
        RunByLibvirt |= QemuMonitors.IsLibvirts(chardev);
        _monitors.AddChardev(chardev);
    }

    private void ReadNetwork(QemuOptions network)
    {
        if (network["type"] is not ("tap" or "bridge")) return;
        if (network["ifname"] is { Length: > 0 } name) AddTo(_links, name);
        else HasTapDescriptors |= network["fd"] is not null || network["fds"] is not null;
    }

    private void Block(string? reason)
    {
        if (reason is not null) AddTo(_blockers, reason);
    }

    private static void AddTo(List<string> list, string text)
    {
        if (list.Count < MostListed && !list.Contains(text)) list.Add(text);
    }

    // Those that run at the start; the rest of maxcpus may be plugged in later. What is not said follows from the topology.
    private static int CpusOf(QemuOptions smp)
    {
        if (QemuSize.Count(smp["cpus"]) is { } cpus) return cpus;
        if (QemuSize.Count(smp["maxcpus"]) is { } most) return most;
        long product = 1;
        foreach (var level in (ReadOnlySpan<string>)["drawers", "books", "sockets", "dies", "clusters", "modules", "cores", "threads"])
            product = Math.Min(product * (QemuSize.Count(smp[level]) ?? 1), 1 << 20);
        return (int)product;
    }
}
