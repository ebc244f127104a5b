using NodeAgent.Doctor.Facts;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>/sys/devices/system/cpu (Documentation/ABI/stable/sysfs-devices-system-cpu)</summary>
internal static class CpuReader
{
    public static CpuFacts Read(HostPaths paths)
    {
        var folder = Path.Combine(paths.Sys, "devices/system/cpu");
        var file = Path.Combine(folder, "online");
        var online = Known<IReadOnlyList<int>>.Of(HostFile.Read(file), file, "a list of processors such as 0-7", static text => CpuList.Parse(text) is { Count: > 0 } cpus ? Known<IReadOnlyList<int>>.Of(cpus) : null);
        if (online is not { IsFound: true, Value: { } numbers }) return new CpuFacts(new Known<int>(0, false, online.Error), new Known<int>(0, false, online.Error));
        return new CpuFacts(Known<int>.Of(numbers.Count), Cores(folder, numbers));
    }

    private static Known<int> Cores(string folder, IReadOnlyList<int> cpus)
    {
        var cores = new HashSet<(long, long)>();
        foreach (var cpu in cpus)
        {
            var topology = Path.Combine(folder, $"cpu{cpu}", "topology");
            var core = HostFile.ReadNumber(Path.Combine(topology, "core_id"), out var id);
            var package = HostFile.ReadNumber(Path.Combine(topology, "physical_package_id"), out var socket);
            if (!core.IsFound || !package.IsFound) return new Known<int>(0, false, core.Error ?? package.Error);
            cores.Add((socket, id));
        }

        return Known<int>.Of(cores.Count);
    }
}
