using System.Diagnostics;
using System.Globalization;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Libvirt;

/// <summary>A real libvirtd on a node of its own, for the kernel's part; it and its guests end with this object, or with the test's process.</summary>
public sealed class LibvirtNode : IDisposable
{
    private const int ReadySeconds = 60;

    private readonly Process _process;

    public LibvirtNode(string name)
    {
        Skip.If(WhyNot is not null, WhyNot);
        Folder = Directory.CreateTempSubdirectory($"{name}-").FullName;
        _process = Programs.Start("unshare", ["--mount", "--uts", "--pid", "--fork", "--mount-proc", "--kill-child", Path.Combine(AppContext.BaseDirectory, "Libvirt", "node"), Folder, name, Guid.NewGuid().ToString()]);
        if (Wait.Until(() => _process.HasExited || (File.Exists($"{Folder}/run/libvirt-sock") && IsUp), ReadySeconds) && !_process.HasExited) return;
        var said = File.Exists($"{Folder}/output") ? File.ReadAllText($"{Folder}/output") : "";
        var log = File.Exists($"{Folder}/log/libvirtd.log") ? File.ReadAllText($"{Folder}/log/libvirtd.log") : "";
        Dispose();
        throw new TimeoutException($"libvirtd is not up after {ReadySeconds} s: {said}{log}");
    }

    /// <summary>Why there can be none here, for a skip.</summary>
    public static string? WhyNot =>
        !Command.Has("libvirtd") || !Command.Has("virsh") ? "libvirtd or virsh is not installed (tests/Qemu/install)"
        : !File.ReadAllText("/proc/self/uid_map").Contains("4294967295", StringComparison.Ordinal) ? "libvirtd needs root"
        : null;

    public string Folder { get; }

    public string Uri => $"qemu+unix:///system?socket={Folder}/run/libvirt-sock";

    public bool IsUp => TryVirsh("list").Status == 0;

    /// <summary>libvirtd itself; null while it is down.</summary>
    public int? Daemon => Inside("libvirtd").Cast<int?>().FirstOrDefault();

    /// <summary>Its output.</summary>
    public string Virsh(params string[] arguments) => Command.Run("nsenter", OnNode(arguments));

    public (int Status, string Output, string Error) TryVirsh(params string[] arguments) => Command.Try("nsenter", OnNode(arguments));

    /// <summary>Processes of QEMU here.</summary>
    public IReadOnlyList<int> Qemus => [.. Inside("qemu-system-x86")];

    public Guest Guest(LibvirtGuest domain)
    {
        var pid = 0;
        if (!Wait.Until(() => (pid = Qemus.FirstOrDefault(p => CommandLine(p).Contains(domain.Uuid.ToString(), StringComparison.Ordinal))) != 0)) throw new TimeoutException($"no QEMU runs {domain.Name}");
        return FoundGuest.Of(pid);
    }

    /// <summary>A migration to another node, under way; its output says how it ended.</summary>
    public Process Migrate(LibvirtGuest domain, LibvirtNode to, params string[] options) =>
        Programs.Start("nsenter", OnNode(["migrate", "--live", "--p2p", domain.Name, "--desturi", to.Uri, "--migrateuri", $"unix://{to.Folder}/migration.sock", .. options]));

    /// <summary>Waits for the end of a migration; virsh's status.</summary>
    public static int AwaitEnd(Process migration) => migration.WaitForExit(TimeSpan.FromSeconds(120)) ? migration.ExitCode : throw new TimeoutException("the migration does not end");

    /// <summary>SIGKILL, SIGSTOP, SIGCONT.</summary>
    public void Signal(string signal)
    {
        if (Daemon is { } pid) Command.Run("kill", $"-{signal}", pid.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Ends it (SIGKILL) and keeps it down until <see cref="Up"/>.</summary>
    public void Down()
    {
        File.WriteAllText($"{Folder}/down", "");
        Signal("KILL");
        if (!Wait.Until(() => Daemon is null)) throw new TimeoutException("libvirtd does not end");
    }

    public void Up()
    {
        File.Delete($"{Folder}/down");
        if (!Wait.Until(() => IsUp, ReadySeconds)) throw new TimeoutException("libvirtd does not come up again");
    }

    public void Dispose()
    {
        // All processes in there are killed with the first of them, and whoever started that one ends when they are gone.
        foreach (var first in Inside("node")) Command.Try("kill", "-KILL", first.ToString(CultureInfo.InvariantCulture));
        if (!_process.WaitForExit(TimeSpan.FromSeconds(ReadySeconds))) _process.Kill();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // virsh leaves a token in /run/libvirt, which is to be the node's.
    private string[] OnNode(params string[] arguments) => ["--mount", "--target", _process.Id.ToString(CultureInfo.InvariantCulture), "virsh", "-q", "-c", Uri, .. arguments];

    /// <summary>Processes of this name that see this node's folder as their /run/libvirt.</summary>
    private IEnumerable<int> Inside(string comm)
    {
        foreach (var process in Directory.GetDirectories("/proc"))
        {
            int? pid = null;
            try
            {
                if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var number)
                    && File.ReadAllText($"{process}/comm").Trim() == comm
                    && File.ReadAllText($"{process}/mountinfo").Contains($"{Path.GetFileName(Folder)}/run /run/libvirt", StringComparison.Ordinal)) pid = number;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It went.
            }

            if (pid is { } found) yield return found;
        }
    }
}
