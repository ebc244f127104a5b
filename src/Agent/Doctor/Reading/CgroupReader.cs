using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Reading;

/// <summary>Which cgroup tree is in use (cgroups(7)). Where both are mounted the controllers are in the first.</summary>
internal static class CgroupReader
{
    public static CgroupFacts Read(HostPaths paths)
    {
        var mounts = MountTable.Read(paths);
        if (mounts.Value is not { } list) return new CgroupFacts(new Known<int>(0, false, mounts.Error));
        if (list.Any(static m => m.Type == "cgroup")) return new CgroupFacts(Known<int>.Of(1));
        return new CgroupFacts(list.Any(static m => m.Type == "cgroup2") ? Known<int>.Of(2) : default);
    }
}
