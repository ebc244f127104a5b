using System.Globalization;
using Xunit;

namespace NodeAgent.Tests.Support;

/// <summary>
/// A volume with several paths, in the virtual machine: scsi_debug's hosts all show one disk of 64 MB, and multipathd (0.9.4 of Debian) makes a map of them.
/// A machine has one rack at a time.
/// </summary>
public sealed class StorageRack : IDisposable
{
    private const string Driver = "/sys/bus/pseudo/drivers/scsi_debug";

    private UdevDaemon? _udev;

    private StorageRack()
    {
    }

    /// <summary>The map's name.</summary>
    public string Map { get; private set; } = "";

    public MultipathDaemon? Multipathd { get; private set; }

    /// <summary>The map's disks by their names: what was deleted is not among them.</summary>
    public static IReadOnlyList<string> Disks =>
    [
        .. Directory.GetFileSystemEntries("/sys/block").Select(static path => Path.GetFileName(path))
            .Where(static name => File.Exists(Attribute(name, "model")) && File.ReadAllText(Attribute(name, "model")).StartsWith("scsi_debug", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Skips the calling test where this machine cannot have one.</summary>
    public static StorageRack Create(int hosts = 2, int pollSeconds = 1, string noPathRetry = "queue")
    {
        foreach (var module in new[] { "dm-multipath", "dm-service-time", "sd_mod" })
            Skip.If(Command.Try("modprobe", module).Status != 0, $"this kernel has no {module}");
        Skip.If(Command.Try("modprobe", "--dry-run", "scsi_debug").Status != 0, "this kernel has no scsi_debug");
        var rack = new StorageRack();
        try
        {
            rack._udev = UdevDaemon.Start();
            Command.Run("modprobe", "scsi_debug", $"add_host={hosts}", "vpd_use_hostno=0", "dev_size_mb=64", "num_tgts=1", "max_luns=1");
            Until(() => Disks.Count == hosts, () => $"scsi_debug has {Disks.Count} disks of {hosts}");
            // multipathd leaves out what udev has not looked at yet.
            Until(static () => Disks.All(UdevDaemon.Knows), static () => "udev does not look at the disks");
            rack.Multipathd = MultipathDaemon.Start(pollSeconds, noPathRetry);
            rack.AwaitPaths(hosts);
            return rack;
        }
        catch
        {
            rack.Dispose();
            throw;
        }
    }

    public void StartMultipathd(int pollSeconds = 1)
    {
        Multipathd?.Dispose();
        Multipathd = MultipathDaemon.Start(pollSeconds);
    }

    /// <summary>"offline" or "running", as the SCSI device's state.</summary>
    public static void SetState(string disk, string state) => File.WriteAllText(Attribute(disk, "state"), state + "\n");

    public static void Delete(string disk) => File.WriteAllText(Attribute(disk, "delete"), "1\n");

    /// <summary>Finds deleted disks again.</summary>
    public static void Rescan()
    {
        foreach (var host in Directory.GetFileSystemEntries("/sys/class/scsi_host")) File.WriteAllText(Path.Combine(host, "scan"), "- - -\n");
    }

    /// <summary>Each brings one more path.</summary>
    public static void AddHosts(int count) => File.WriteAllText(Driver + "/add_host", $"{count}\n");

    /// <summary>Device-mapper alone fails the path, or takes it back; the SCSI device goes on running.</summary>
    public void Message(string what, string disk) => Command.Run("dmsetup", "message", Map, "0", $"{what} {Number(disk)}");

    /// <summary>"8:16"</summary>
    public static string Number(string disk) => File.ReadAllText($"/sys/block/{disk}/dev").Trim();

    /// <summary>What device-mapper has: name and state ("A" or "F") of each path.</summary>
    public IReadOnlyDictionary<string, string> Paths()
    {
        var words = Command.Try("dmsetup", "status", "--noflush", "--target", "multipath").Output.Split(' ', '\n');
        var numbers = Disks.ToDictionary(Number, static disk => disk);
        var paths = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words[i + 1] is "A" or "F" && words[i].Contains(':', StringComparison.Ordinal)) paths[numbers.GetValueOrDefault(words[i], words[i])] = words[i + 1];
        }

        return paths;
    }

    /// <summary>Until the map has this many active paths, and no others where <paramref name="failed"/> is 0.</summary>
    public void AwaitPaths(int active, int failed = 0)
    {
        Until(
            () => Paths() is var paths && paths.Values.Count(static s => s == "A") == active && paths.Values.Count(static s => s == "F") == failed,
            () => string.Create(CultureInfo.InvariantCulture, $"expected {active} active and {failed} failed paths, found {string.Join(", ", Paths())}\n{MultipathDaemon.Ask("show paths")}"));
        Map = Command.Line("dmsetup ls --target multipath").Split('\t', '\n')[0];
    }

    public void Dispose()
    {
        Multipathd?.Dispose();
        foreach (var disk in Disks) SetState(disk, "running");
        if (Map.Length > 0)
        {
            Command.Try("dmsetup", "message", Map, "0", "fail_if_no_path");
            Wait.Until(() => Command.Try("dmsetup", "remove", "--retry", Map).Status == 0 || !File.Exists("/dev/mapper/" + Map), 10);
        }

        _udev?.Dispose();
        Wait.Until(static () => Command.Try("rmmod", "scsi_debug").Status == 0 || !Directory.Exists("/sys/module/scsi_debug"), 10);
    }

    private static void Until(Func<bool> holds, Func<string> why)
    {
        if (!Wait.Until(holds)) throw new InvalidOperationException(why());
    }

    private static string Attribute(string disk, string name) => $"/sys/block/{disk}/device/{name}";
}
