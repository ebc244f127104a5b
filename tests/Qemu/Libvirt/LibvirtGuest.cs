using System.Security;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Libvirt;

/// <summary>A domain for a <see cref="LibvirtNode"/>: the rig's guests, with their QEMU started by libvirt.</summary>
public sealed record LibvirtGuest(string Name)
{
    private const int ReadySeconds = 120;

    public Guid Uuid { get; } = Guid.NewGuid();

    public bool Kvm { get; init; }

    /// <summary>KVM's dirty ring, in pages for each vCPU; 0: the bitmap.</summary>
    public int DirtyRingSize { get; init; }

    public int Fill { get; init; } = 8;

    /// <summary>MiB that are written again and again, one after the other.</summary>
    public int Hot { get; init; } = 32;

    /// <summary>MiB a second.</summary>
    public int HotRate { get; init; } = 8;

    /// <summary>libvirt forgets it when it ends; and only then its name may hold line breaks.</summary>
    public bool Transient { get; init; }

    private string Console => Path.Combine(Path.GetTempPath(), $"console-{Uuid}");

    /// <summary>What it said of itself, a line a second; nothing under KVM.</summary>
    public IReadOnlyList<DirtiedRate> Truth => File.Exists(Console) ? DirtiedRate.Read(File.ReadAllText(Console)) : [];

    /// <summary>Starts it and waits until it writes.</summary>
    public LibvirtGuest Start(LibvirtNode node)
    {
        Skip.If(GuestKit.WhyNot(Kvm) is not null, GuestKit.WhyNot(Kvm));
        var file = Path.Combine(node.Folder, $"{Uuid}.xml");
        File.WriteAllText(file, Xml());
        if (Transient)
        {
            node.Virsh("create", file);
        }
        else
        {
            node.Virsh("define", file);
            node.Virsh("start", Uuid.ToString());
        }

        if (!Wait.Until(() => Kvm ? IsInItsLoop(node) : Truth.Count > 0, ReadySeconds)) throw new TimeoutException($"{Name} does not run after {ReadySeconds} s");
        return this;
    }

    /// <summary>Takes it away from wherever it is.</summary>
    public void End(params LibvirtNode[] nodes)
    {
        foreach (var node in nodes)
        {
            node.Signal("CONT"); // where a test failed that had stopped it
            node.TryVirsh("destroy", Uuid.ToString());
            node.TryVirsh("undefine", Uuid.ToString());
        }

        File.Delete(Console);
    }

    private bool IsInItsLoop(LibvirtNode node) => node.Virsh("qemu-monitor-command", "--hmp", Uuid.ToString(), "info registers").Contains("EIP=001000", StringComparison.Ordinal);

    private string Xml() => $"""
        <domain type='{(Kvm ? "kvm" : "qemu")}'>
          <name>{SecurityElement.Escape(Name).Replace("\n", "&#10;", StringComparison.Ordinal)}</name>
          <uuid>{Uuid}</uuid>
          <memory unit='MiB'>192</memory>
          <vcpu>1</vcpu>
          <os>
            <type arch='x86_64' machine='pc'>hvm</type>
            <kernel>{(Kvm ? GuestKit.KvmKernel(HotRate, Hot) : GuestKit.Kernel)}</kernel>
            {(Kvm ? "" : $"<initrd>{GuestKit.Initrd}</initrd><cmdline>{new GuestOptions { Fill = Fill, Hot = Hot, HotRate = HotRate }.Append}</cmdline>")}
          </os>
          <features>
            <acpi/>
            {(DirtyRingSize > 0 ? $"<kvm><dirty-ring state='on' size='{DirtyRingSize}'/></kvm>" : "")}
          </features>
          <devices>
            <emulator>/usr/bin/qemu-system-x86_64</emulator>
            <controller type='usb' model='none'/>
            <memballoon model='none'/>
            <serial type='file'><source path='{Console}' append='on'/></serial>
          </devices>
        </domain>
        """;
}
