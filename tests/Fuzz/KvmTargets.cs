using System.Text;
using NodeAgent.Kvm.Reading;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What the kernel says about processors.</summary>
internal static class KvmTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("cpuinfo", Processors, () => ReadProcessor),
        new("cpu-list", static seed => Encoding.ASCII.GetBytes($"0-{seed},{seed + 2},{seed + 4}-{seed * 3 + 9}"), () => static input => CpuList.Count(Encoding.UTF8.GetString(input))),
        new("mitigation", static seed => Encoding.ASCII.GetBytes(seed % 2 == 0 ? "KVM: Mitigation: VMX disabled" : "Vulnerable: no microcode"), () => static input => MitigationReader.StateOf(Encoding.UTF8.GetString(input))),
        new("kernel-log", static seed => Encoding.ASCII.GetBytes($"{seed % 8},{seed},100,-;kvm: disabled by bios"), () => static input => FirmwareReader.IsAboutFirmware(Encoding.UTF8.GetString(input))),
    ];

    private static void ReadProcessor(ReadOnlySpan<byte> input)
    {
        var info = CpuInfo.Parse(Encoding.UTF8.GetString(input));
        _ = info.Words("flags").Length + info.Words("vmx flags").Length + info.Number("cpu family") + info.Number("siblings") + (info["model name"]?.Length ?? 0);
    }

    private static byte[] Processors(int seed) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1 + seed % 3).Select(i =>
        $"processor\t: {i}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: {seed}\nmodel name\t: Xeon {seed}\nsiblings\t: {seed % 64}\ncpu cores\t: 2\nflags\t\t: fpu vmx hypervisor\nvmx flags\t: ept vpid\naddress sizes\t: 46 bits physical, 48 bits virtual\n\n")));
}
