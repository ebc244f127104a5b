using System.Diagnostics;
using System.Globalization;
using NodeAgent.Bench.Harness;
using NodeAgent.Bench.Idle;
using NodeAgent.Network.Remote;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Migration;

/// <summary>The daemon beside 200 real QEMUs that do nothing, each read over a monitor of its own, against the same daemon without them.</summary>
internal sealed class IdleGuestsBench : IBench
{
    private const int Guests = 200;
    private const int Attempts = 2;
    private const int ReadySeconds = 120;
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(20);

    public string Name => "migration-idle";

    public string Description => $"the daemon for 20 s beside {Guests} guests that do nothing: CPU time and memory that they cost";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        if (!Command.Has("qemu-system-x86_64"))
        {
            report.Skip("qemu-system-x86_64 is not installed (tests/Qemu/install)");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("bench-");
        var guests = new List<Process>();
        try
        {
            using var daemon = DaemonProcess.Start("interfaces: []\n");
            daemon.AwaitSocket();
            var without = Quietest(daemon);
            for (var i = 0; i < Guests; i++) guests.Add(Start(folder.FullName, i));
            for (var i = 0; i < Guests; i++) TellEvents(folder.FullName, i);
            if (!Wait.Until(() => Read(daemon) == Guests, ReadySeconds)) throw new InvalidOperationException($"{Read(daemon)} of {Guests} guests are read over their monitors");
            var with = Quietest(daemon);
            report.Line($"without guests {without.CpuMilliseconds:0.0} ms, {without.Rss:0.0} MB; with {Guests} {with.CpuMilliseconds:0.0} ms, {with.Rss:0.0} MB");
            report.Judge("cpu", with.CpuMilliseconds - without.CpuMilliseconds);
            report.Judge("rss", with.Rss - without.Rss);
        }
        finally
        {
            foreach (var guest in guests) guest.Kill();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>KVM is tried out once a minute and storage read twice, which is no guest's doing.</summary>
    private static IdleFigures Quietest(DaemonProcess daemon)
    {
        Thread.Sleep(s_settling);
        return Enumerable.Range(0, Attempts).Select(_ => Observe(daemon)).MinBy(static f => f.CpuMilliseconds)!;
    }

    private static IdleFigures Observe(DaemonProcess daemon)
    {
        var before = daemon.Observe();
        Thread.Sleep(s_interval);
        return daemon.Observe().Since(before);
    }

    private static Process Start(string folder, int number)
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        var process = Programs.Start("qemu-system-x86_64",
        [
            "-M", "none", "-nodefaults", "-no-user-config", "-display", "none", "-S", "-m", "8", "-name", $"idle-{name}", "-uuid", $"00000000-0000-0000-0000-{number:d12}",
            "-qmp", $"unix:{folder}/{name}.own,server=on,wait=off", "-qmp", $"unix:{folder}/{name}.free,server=on,wait=off",
        ]);
        process.StandardOutput.Close();
        process.StandardError.Close();
        return process;
    }

    /// <summary>As libvirt and KubeVirt have it: a guest that does not tell of migrations is asked every 5 s.</summary>
    private static void TellEvents(string folder, int number)
    {
        using var monitor = new QmpMonitor(string.Create(CultureInfo.InvariantCulture, $"{folder}/{number}.own"));
        monitor.Enable("events");
    }

    private static int Read(DaemonProcess daemon)
    {
        using var agent = RemoteMigrations.TryConnect(daemon.SocketPath, TimeProvider.System);
        return agent?.Guests().Count(static g => g.Source == Api.V1.GuestSource.Qmp) ?? 0;
    }
}
