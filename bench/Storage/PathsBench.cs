using System.Diagnostics;
using NodeAgent.Api.V1;
using NodeAgent.Bench.Harness;
using NodeAgent.Bench.Idle;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Storage;

/// <summary>
/// One of two paths is failed in device-mapper and taken back, again and again, under a real multipathd: from the request to the kernel until a
/// client that watches has the verdict, beside the time until the kernel's own event reaches whoever only waits for it.
/// </summary>
internal sealed class PathsBench : IBench
{
    private const int WarmUp = 40;
    private const int Rounds = 150;

    public string Name => "paths";

    public string Description => "from a path that fails in the kernel to the verdict on a client's watch, beside the kernel's own event";

    public Place Place => Place.Vm;

    public void Run(Report report)
    {
        // Checks so seldom that multipathd does not take back what was failed.
        using var rack = StorageRack.Create(pollSeconds: 20);
        using var daemon = DaemonProcess.Start("interfaces: []");
        daemon.AwaitSocket();
        using var watcher = new StorageWatcher(daemon.SocketPath, rack.Map);
        using var floor = new UeventFloor();
        using var message = new DmMessage(rack.Map);
        watcher.Start();
        watcher.Await(StorageVerdict.Healthy);
        var path = StorageRack.Number(StorageRack.Disks[0]);
        for (var round = 0; round < WarmUp; round++) Once(message, watcher, floor, path, null, null);
        Figures failing = new(), returning = new();
        for (var round = 0; round < Rounds; round++) Once(message, watcher, floor, path, failing, returning);

        report.Line($"failing: {failing}");
        report.Line($"returning: {returning}");
        report.Judge("median", failing.Verdict.Median);
        report.Judge("p99", failing.Verdict.Quantile(0.99));
        report.Judge("back-median", returning.Verdict.Median);
        report.Judge("back-p99", returning.Verdict.Quantile(0.99));
        report.Judge("ratio", failing.Verdict.Median / failing.Event.Median);
        report.Judge("own", failing.Own.Median);
        report.Judge("own-p99", failing.Own.Quantile(0.99));
    }

    private static void Once(DmMessage message, StorageWatcher watcher, UeventFloor floor, string path, Figures? failing, Figures? returning)
    {
        floor.Clear();
        var start = Stopwatch.GetTimestamp();
        message.Send("fail_path " + path);
        var told = watcher.Await(StorageVerdict.NoRedundancy);
        failing?.Add(start, Heard(() => floor.Failed), told);
        // What else the change brought about is over by then.
        Thread.Sleep(10);
        floor.Clear();
        start = Stopwatch.GetTimestamp();
        message.Send("reinstate_path " + path);
        told = watcher.Await(StorageVerdict.Healthy);
        if (Heard(() => floor.Reinstated) is var heard && heard > start) returning?.Add(start, heard, told);
        Thread.Sleep(10);
    }

    private static long Heard(Func<long> of)
    {
        SpinWait.SpinUntil(() => of() != 0, TimeSpan.FromSeconds(1));
        return of();
    }

    /// <summary>From the request: until the bare event, until the verdict, and what lies between.</summary>
    private sealed class Figures
    {
        public Samples Event { get; } = new();

        public Samples Verdict { get; } = new();

        public Samples Own { get; } = new();

        public void Add(long start, long heard, long told)
        {
            Event.Add(Stopwatch.GetElapsedTime(start, heard));
            Verdict.Add(Stopwatch.GetElapsedTime(start, told));
            Own.Add(Stopwatch.GetElapsedTime(heard, told));
        }

        public override string ToString() =>
            $"event {Event.Median:0.00} ms (p99 {Event.Quantile(0.99):0.00}), verdict {Verdict.Median:0.00} ms (p99 {Verdict.Quantile(0.99):0.00}, largest {Verdict.Largest:0.00}) in {Verdict.Count} rounds";
    }
}
