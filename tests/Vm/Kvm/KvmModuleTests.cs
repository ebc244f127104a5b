using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Kvm;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;
using NodeAgent.Kvm.Watching;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Vm.Kvm;

/// <summary>Modules of KVM that come and go on a stock kernel. With --backend qemu the processor has an SVM that QEMU emulates, and guests run for real.</summary>
public sealed class KvmModuleTests : IDisposable
{
    public void Dispose() => Command.Try("modprobe", "-r", "kvm_amd");

    [VmFact]
    public void User_mode_Linux_is_told_as_such()
    {
        Skip.IfNot(File.ReadAllText("/proc/cpuinfo").Contains("User Mode Linux", StringComparison.Ordinal), "this kernel is not user-mode Linux");
        var run = AgentBinary.Run(AgentBinary.Program, ["kvm", "show", "--local", "-o", "json"]);
        Assert.Equal(1, run.Status);
        var report = JsonNode.Parse(run.Output)!;
        Assert.Equal("/dev/kvm is missing: this kernel is user-mode Linux, which has no KVM", report["reason"]!.GetValue<string>());
        Assert.Equal("unsupported", report["state"]!.GetValue<string>());
    }

    [VmFact]
    public void The_module_comes_and_goes_and_the_verdict_follows_at_once()
    {
        NeedsModule();
        Command.Try("modprobe", "-r", "kvm_amd");
        var board = new KvmBoard();
        var verdicts = new VerdictBoard(TimeProvider.System);
        using var monitor = new KvmMonitor(new KvmReader(HostPaths.Default, TimeProvider.System).Read, board, verdicts, TimeProvider.System, NullLogger.Instance);
        // The verdict is set after the board.
        Assert.True(Wait.Until(() => verdicts.Of(VerdictKind.Kvm) is [{ State: "module absent" }]));
        Assert.StartsWith("/dev/kvm is missing: the kernel's module kvm_amd is not loaded; modprobe kvm_amd", board.Current!.Sentence, StringComparison.Ordinal);

        Command.Run("modprobe", "kvm_amd");
        var took = Stopwatch.StartNew();
        Assert.True(Wait.Until(() => board.Current!.Usable));
        // Long before the next minute: by the event.
        Assert.True(took.Elapsed < TimeSpan.FromSeconds(20), $"{took.Elapsed}");
        Assert.Equal(ProbeOutcome.Passed, board.Current!.Facts.Device.Probe.Outcome);
        Assert.StartsWith("KVM works: a guest ran and came to the right result; this node is itself a virtual machine", board.Current.Sentence, StringComparison.Ordinal);
        Assert.Equal(CpuVirtualization.Svm, board.Current.Facts.Cpu.Virtualization);
        Assert.True(board.Current.Facts.Nested.Enabled);

        // The probe holds the module for some milliseconds.
        Assert.True(Wait.Until(static () => Command.Try("modprobe", "-r", "kvm_amd").Status == 0));
        Assert.True(Wait.Until(() => verdicts.Of(VerdictKind.Kvm) is [{ State: "module absent", Severity: Severity.Critical }]));
    }

    [VmFact]
    public void Without_the_vendors_module_it_is_named()
    {
        NeedsModule();
        Command.Try("modprobe", "-r", "kvm_amd");
        Command.Run("modprobe", "kvm");
        Assert.StartsWith("/dev/kvm is missing: the module kvm is loaded, kvm_amd is not", Reason(), StringComparison.Ordinal);
        Command.Run("modprobe", "-r", "kvm");
        Command.Run("modprobe", "kvm_amd", "nested=0");
        Assert.False(Read().Facts.Nested.Enabled);
        File.Delete("/dev/kvm");
        Assert.StartsWith("/dev/kvm is missing, though the kernel has KVM", Reason(), StringComparison.Ordinal);
        Command.Run("mknod", "/dev/kvm", "c", "10", "232");
        Assert.True(Read().Usable);
        // The kernel removes only what it made itself: this node stays.
        Command.Run("modprobe", "-r", "kvm_amd");
        Assert.StartsWith("/dev/kvm has no driver behind it (ENODEV, No such device): the kernel's module kvm_amd is not loaded", Reason(), StringComparison.Ordinal);
        File.Delete("/dev/kvm");
    }

    private static string Reason() => Read().Sentence;

    private static KvmReport Read() => new KvmReader(HostPaths.Default, TimeProvider.System).Read();

    private static void NeedsModule()
    {
        Skip.If(Command.Try("modprobe", "-n", "kvm_amd").Status != 0, "this kernel has no module kvm_amd: tests/Vm/run --backend qemu");
        Skip.IfNot(File.ReadAllText("/proc/cpuinfo").Contains(" svm ", StringComparison.Ordinal), "this processor has no SVM: tests/Vm/run --backend qemu");
    }
}
