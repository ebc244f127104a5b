using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Hosting;

/// <summary>Whether the journal of a change could be written: without it nothing is changed.</summary>
internal static class StateFolder
{
    // Journals are a few kilobytes.
    private const long LeastFree = 1 << 20;

    public static ReadinessPart Check(string folder)
    {
        const string name = "state";
        if (Unistd.access(folder, Unistd.W_OK) != 0) return new ReadinessPart(name, false, $"{folder} cannot be written to: {Errno.Text(Marshal.GetLastPInvokeError())}");
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free < LeastFree
            ? new ReadinessPart(name, false, $"{folder} has {free} bytes of room left: no change can be written to the journal")
            : new ReadinessPart(name, true, folder);
    }
}
