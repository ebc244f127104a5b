using System.Globalization;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>/proc/PID/comm (proc_pid_comm(5)): the names of processes, cut after 15 letters.</summary>
internal static class ProcessNames
{
    /// <summary>The processes whose name is wanted, in no order.</summary>
    public static IEnumerable<(int Pid, string Name)> Find(HostPaths paths, Predicate<string> isWanted)
    {
        foreach (var folder in HostFile.List(paths.Proc, out _))
        {
            if (!int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            if (HostFile.Read(Path.Combine(paths.Proc, folder, "comm")).Text is { } name && isWanted(name)) yield return (pid, name);
        }
    }
}
