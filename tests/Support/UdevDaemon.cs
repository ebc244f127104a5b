using System.Diagnostics;

namespace NodeAgent.Tests.Support;

/// <summary>udevd in the virtual machine, the one there is or else one of its own: multipathd and iscsid do not touch a disk before it has looked at it.</summary>
public sealed class UdevDaemon : IDisposable
{
    // Its rules would give the links of other tests new names and addresses.
    private const string NetworkRules = "/etc/udev/rules.d/80-net-setup-link.rules";

    private readonly Process? _process;

    private UdevDaemon(Process? process) => _process = process;

    public static UdevDaemon Start()
    {
        if (Answers()) return new UdevDaemon(null);
        Directory.CreateDirectory(Path.GetDirectoryName(NetworkRules)!);
        File.CreateSymbolicLink(NetworkRules, "/dev/null");
        var daemon = new UdevDaemon(Process.Start(new ProcessStartInfo("/lib/systemd/systemd-udevd") { RedirectStandardError = true })!);
        if (Wait.Until(Answers)) return daemon;
        daemon.Dispose();
        throw new InvalidOperationException("udevd does not answer");
    }

    /// <summary>It has looked at the disk.</summary>
    public static bool Knows(string disk) => File.Exists("/run/udev/data/b" + File.ReadAllText($"/sys/block/{disk}/dev").Trim());

    public void Dispose()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(NetworkRules);
    }

    private static bool Answers() => Command.Try("udevadm", "control", "--ping", "--timeout=2").Status == 0;
}
