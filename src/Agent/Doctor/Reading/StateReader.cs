using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Reading;

/// <summary>The file system that the agent's state is on.</summary>
internal static class StateReader
{
    public static StateFacts Read(HostPaths paths, Func<string, Known<long>> freeBytes)
    {
        var folder = Path.GetFullPath(paths.State);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
        return new StateFacts(folder, freeBytes(folder));
    }

    /// <summary>statvfs(3)</summary>
    public static Known<long> FreeBytes(string folder)
    {
        try
        {
            return Known<long>.Of(new DriveInfo(folder).AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Known<long>.Failed($"{folder}: {e.Message}");
        }
    }
}
