namespace NodeAgent.Tests.Support;

/// <summary>Whether this process runs inside the virtual machine that <c>tests/Vm/vm</c> boots.</summary>
public static class TestVm
{
    /// <summary>The kernel parameter only that machine is booted with: "uml" or "qemu"; null anywhere else.</summary>
    public static string? Backend { get; } = File.ReadAllText("/proc/cmdline")
        .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => word.StartsWith(Parameter, StringComparison.Ordinal))?[Parameter.Length..];

    public static bool IsInside => Backend is not null;

    /// <summary>Null inside, where VM tests run; outside the reason for which they are skipped.</summary>
    public static string? SkipReason => IsInside
        ? null
        : Environment.GetEnvironmentVariable("NODEAGENT_VM_SKIP") ?? "needs the VM's kernel: run tests/Vm/run";

    private const string Parameter = "nodeagent.vm=";
}
