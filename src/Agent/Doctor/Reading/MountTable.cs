using NodeAgent.Files;
using NodeAgent.Storage.Users;

namespace NodeAgent.Doctor.Reading;

/// <summary>The mounts of the host: those of its first process, or of this one where that may not be looked at.</summary>
internal static class MountTable
{
    public static Known<List<Mount>> Read(HostPaths paths)
    {
        string? error = null;
        foreach (var process in new[] { "1", "self" })
        {
            var file = Path.Combine(paths.Proc, process, "mountinfo");
            var mounts = Known<List<Mount>>.Of(HostFile.Read(file), file, "mounts", static text => MountInfo.Parse(text) is { Count: > 0 } list ? Known<List<Mount>>.Of(list) : null);
            if (mounts.IsFound) return mounts;
            error ??= mounts.Error;
        }

        return new Known<List<Mount>>(null, false, error);
    }
}
