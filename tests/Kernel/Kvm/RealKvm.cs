using System.Runtime.InteropServices;
using NodeAgent.Native.Kvm;
using NodeAgent.Native.Linux;
using Xunit;

namespace NodeAgent.Tests.Kernel.Kvm;

/// <summary>This machine's /dev/kvm, for tests that skip where there is none.</summary>
internal static class RealKvm
{
    /// <summary>Of the tests that count what is left: they run one after another.</summary>
    public const string Collection = "kvm";

    private const string Device = "/dev/kvm";

    public static KvmSystem Open()
    {
        Skip.IfNot(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the guests of these tests are made of x86 instructions");
        var system = KvmSystem.TryOpen(Device, out var errno);
        Skip.If(system is null, $"{Device} cannot be opened: {Errno.Name(errno)}");
        return system!;
    }

    /// <summary>What this process has open of KVM: "/dev/kvm", "anon_inode:kvm-vm", "anon_inode:kvm-vcpu:0".</summary>
    public static List<string> Descriptors() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(static fd => new FileInfo(fd).LinkTarget ?? "")
            .Where(static target => target.Contains("kvm", StringComparison.Ordinal) && !target.EndsWith(".dll", StringComparison.Ordinal))
            .ToList();

    /// <summary>The threads of this process that have a name.</summary>
    public static List<string> Threads(string name) =>
        Directory.EnumerateDirectories("/proc/self/task").Where(task => CommOf(task) == name).ToList();

    private static string CommOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }
}
