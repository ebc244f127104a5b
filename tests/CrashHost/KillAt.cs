using System.Runtime.InteropServices;
using NodeAgent.Network.Applying;

namespace NodeAgent.Tests.CrashHost;

/// <summary>Progress that ends in SIGKILL: no handler, no finally, no flush.</summary>
internal sealed partial class KillAt(int at) : IProgress<ApplyEvent>
{
    private const int Sigkill = 9;
    private int _seen;

    public void Report(ApplyEvent value)
    {
        Console.WriteLine($"{_seen} {value.Stage} {value.Done}/{value.Total} {value.Text}");
        if (_seen++ == at) _ = kill(Environment.ProcessId, Sigkill);
    }

    // https://man7.org/linux/man-pages/man2/kill.2.html
    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
