using System.Diagnostics;
using NodeAgent.Bench.Harness;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;
using NodeAgent.Native.Kvm;

namespace NodeAgent.Bench.Kvm;

/// <summary>KVM's functional probe, which creates a machine and runs a guest in it, beside the least that finding out about KVM takes: a machine created and destroyed.</summary>
internal sealed class KvmBench : IBench
{
    private const int WarmUp = 30;
    private const int Rounds = 200;
    private const string Device = "/dev/kvm";

    public string Name => "kvm";

    public string Description => "the functional probe of KVM, beside a machine that is created and destroyed, by turns";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        using (var system = KvmSystem.TryOpen(Device, out var errno))
        {
            if (system is null)
            {
                report.Skip($"{Device} cannot be opened (error {errno})");
                return;
            }
        }

        var reader = new DeviceReader(HostPaths.Default, TimeProvider.System, TimeSpan.FromSeconds(5));
        Samples.Interleaved(WarmUp, Bare, () => Probe(reader));
        var samples = Samples.Interleaved(Rounds, Bare, () => Probe(reader));
        report.Line($"bare: {samples[0]}");
        report.Line($"probe: {samples[1]}");
        report.Judge("ms", samples[1].Median);
        report.Judge("p99", samples[1].Quantile(0.99));
        report.Judge("ratio", samples[1].Median / samples[0].Median);
    }

    private static TimeSpan Bare() => Samples.Time(static () =>
    {
        using var system = KvmSystem.TryOpen(Device, out _)!;
        using var vm = system.CreateVm();
    });

    private static TimeSpan Probe(DeviceReader reader)
    {
        var start = Stopwatch.GetTimestamp();
        var found = reader.Read(new UnreadFiles());
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (found.Probe.Outcome != ProbeOutcome.Passed) throw new InvalidOperationException($"The probe {found.Probe.Outcome}: {found.Probe.Reason}.");
        return elapsed;
    }
}
