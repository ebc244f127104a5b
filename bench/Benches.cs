using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench;

/// <summary>Every benchmark, in the order they run in.</summary>
internal static class Benches
{
    public static readonly IReadOnlyList<IBench> All =
    [
        new Netlink.DecodeBench(),
        new Netlink.CreateBench(),
        new Netlink.RemoveBench(),
        new Planning.PlanBench(),
        new Apply.ApplyBench(),
        new Drift.DriftBench(),
        new Watch.WatchBench(),
        new Idle.IdleBench(),
        new Metrics.ScrapeBench(),
        new Storage.PathsBench(),
        new Storage.MapsBench(),
        new Kvm.KvmBench(),
        new Start.StartBench(),
        new Calls.CallsBench(),
        new Forecast.ForecastBench(),
        new Migration.StreamBench(),
        new Migration.LibvirtBench(),
        new Migration.ManyBench(),
        new Migration.QmpSampleBench(),
        new Migration.IdleGuestsBench(),
    ];
}
