using System.Diagnostics;
using Xunit;

namespace NodeAgent.Tests.Support;

/// <summary>One LUN of a real iSCSI target (tgt) behind two addresses of this machine, in the virtual machine: two sessions of open-iscsi, one map of multipathd's.</summary>
public sealed class IscsiRack : IDisposable
{
    public const string Target = "iqn.2026-11.com.example:array";

    public static readonly IReadOnlyList<string> Portals = ["10.77.1.1", "10.77.2.1"];

    private readonly List<Process> _programs = [];
    private UdevDaemon? _udev;
    private MultipathDaemon? _multipathd;

    private IscsiRack()
    {
    }

    /// <summary>The map's name.</summary>
    public string Map { get; private set; } = "";

    /// <summary>Skips the calling test where this machine cannot have one.</summary>
    public static IscsiRack Create()
    {
        foreach (var module in new[] { "dm-multipath", "dm-service-time", "sd_mod", "iscsi_tcp" })
            Skip.If(Command.Try("modprobe", module).Status != 0, $"this kernel has no {module}");
        foreach (var program in new[] { "tgtd", "iscsid" }) Skip.IfNot(Command.Has(program), $"the program {program} is missing");
        var rack = new IscsiRack();
        try
        {
            rack._udev = UdevDaemon.Start();
            rack.StartTarget();
            rack._multipathd = MultipathDaemon.Start();
            rack.LogIn();
            return rack;
        }
        catch
        {
            rack.Dispose();
            throw;
        }
    }

    /// <summary>Nobody answers at a portal any more, or somebody does again.</summary>
    public static void Unplug(string portal) => Command.Line($"ip address del {portal}/24 dev lo");

    public static void Plug(string portal) => Command.Line($"ip address add {portal}/24 dev lo");

    public void Dispose()
    {
        foreach (var portal in Portals) Command.Try("ip", "address", "add", portal + "/24", "dev", "lo");
        _multipathd?.Dispose();
        if (Map.Length > 0)
        {
            Command.Try("dmsetup", "message", Map, "0", "fail_if_no_path");
            Wait.Until(() => Command.Try("dmsetup", "remove", "--retry", Map).Status == 0 || !File.Exists("/dev/mapper/" + Map), 10);
        }

        Command.Try("iscsiadm", "-m", "node", "--logout");
        foreach (var program in _programs)
        {
            program.Kill(entireProcessTree: true);
            program.WaitForExit();
            program.Dispose();
        }

        _udev?.Dispose();
        foreach (var portal in Portals) Command.Try("ip", "address", "del", portal + "/24", "dev", "lo");
    }

    private void StartTarget()
    {
        foreach (var portal in Portals) Plug(portal);
        Start("tgtd");
        Until(static () => Command.Try("tgtadm", "--op", "show", "--mode", "sys").Status == 0, "tgtd does not answer");
        Command.Line("truncate -s 64M /run/lun");
        Command.Line($"tgtadm --lld iscsi --op new --mode target --tid 1 -T {Target}");
        Command.Line("tgtadm --lld iscsi --op new --mode logicalunit --tid 1 --lun 1 -b /run/lun");
        Command.Line("tgtadm --lld iscsi --op bind --mode target --tid 1 -I ALL");
    }

    private void LogIn()
    {
        Directory.CreateDirectory("/run/lock/iscsi");
        Directory.CreateDirectory("/etc/iscsi");
        File.WriteAllText("/etc/iscsi/initiatorname.iscsi", "InitiatorName=iqn.2026-11.com.example:node1\n");
        Start("iscsid");
        foreach (var portal in Portals) Until(() => Command.Try("iscsiadm", "-m", "discovery", "-t", "sendtargets", "-p", portal).Status == 0, $"{portal} shows no target");
        Set("node.session.timeo.replacement_timeout", 2);
        Set("node.conn[0].timeo.noop_out_interval", 1);
        Set("node.conn[0].timeo.noop_out_timeout", 1);
        foreach (var portal in Portals) Command.Line($"iscsiadm -m node -p {portal} --login");
        Until(static () => Command.Try("dmsetup", "status", "--target", "multipath").Output.Split(" A ").Length >= 4, "multipathd made no map of two paths");
        Map = Command.Line("dmsetup ls --target multipath").Split('\t', '\n')[0];
    }

    private static void Set(string name, int seconds) => Command.Line($"iscsiadm -m node -o update -n {name} -v {seconds}");

    private void Start(string program)
    {
        var process = Process.Start(new ProcessStartInfo(program, "-f") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _programs.Add(process);
    }

    private static void Until(Func<bool> holds, string why)
    {
        if (!Wait.Until(holds)) throw new InvalidOperationException(why);
    }
}
