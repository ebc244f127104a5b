using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Cli.Migration;

/// <summary>Migrations as an agent tells of them.</summary>
internal static class MigrationMaker
{
    public const ulong MiB = 1 << 20;

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static GuestRef Guest(string name, string space = "prod") => new() { Uuid = $"00000000-0000-4000-8000-{name.Length:x2}{(uint)name.Sum(static c => c):x10}", Domain = $"{space}_{name}", Namespace = space, Name = name, PodUid = "pod-" + name };

    public static NodeAgent.Api.V1.Migration Converging(string name = "web-7", double ago = 12) => new()
    {
        Id = "m-" + name,
        Guest = Guest(name),
        Direction = MigrationDirection.Outgoing,
        Phase = MigrationPhase.Precopy,
        RawStatus = "active",
        Source = GuestSource.Libvirt,
        Peer = "10.0.0.7",
        Started = (Now - TimeSpan.FromSeconds(ago)).ToTimestamp(),
        Counters = Counters(1024, 152, 48, 17, 5),
        Forecast = new Forecast { Verdict = ForecastVerdict.Converging, AtLeast = Seconds(6), AtMost = Seconds(9), ExpectedDowntime = Seconds(0.18), LimitingFactor = "the bandwidth limit of 48 MiB/s; memory is dirtied at 17 MiB/s" },
    };

    public static NodeAgent.Api.V1.Migration Stuck(string name = "db-1") => new()
    {
        Id = "m-" + name,
        Guest = Guest(name),
        Direction = MigrationDirection.Outgoing,
        Phase = MigrationPhase.Precopy,
        RawStatus = "active",
        Source = GuestSource.Libvirt,
        Peer = "10.0.0.9",
        Started = (Now - TimeSpan.FromSeconds(95)).ToTimestamp(),
        Counters = Counters(8192, 303, 48, 48, 9, 40),
        Forecast = new Forecast
        {
            Verdict = ForecastVerdict.WillNotConverge,
            LimitingFactor = "memory is dirtied as fast as it is sent (48 MiB/s): each pass leaves 303 MiB, throttled at 40 %",
            Advice = "needs a downtime limit of 6.6 s, or needs 140 MiB/s, has 48 MiB/s; post-copy would finish in about 9 s",
            NeedsDowntimeLimit = Seconds(6.6),
            NeedsBandwidthBytesPerSecond = 140 * MiB,
            Postcopy = Seconds(9),
        },
    };

    public static NodeAgent.Api.V1.Migration Incoming(string name = "cache-2") => new()
    {
        Id = "m-" + name,
        Guest = Guest(name),
        Direction = MigrationDirection.Incoming,
        Phase = MigrationPhase.Precopy,
        RawStatus = "active",
        Source = GuestSource.Libvirt,
        Started = (Now - TimeSpan.FromSeconds(4)).ToTimestamp(),
    };

    public static NodeAgent.Api.V1.Migration Ended(string name, MigrationPhase phase, double ago = 20, double took = 13.6, string error = "") => new()
    {
        Id = "m-" + name,
        Guest = Guest(name),
        Direction = MigrationDirection.Outgoing,
        Phase = phase,
        RawStatus = "completed",
        Source = GuestSource.Qmp,
        Peer = "10.0.0.7",
        Started = (Now - TimeSpan.FromSeconds(ago + took)).ToTimestamp(),
        Ended = (Now - TimeSpan.FromSeconds(ago)).ToTimestamp(),
        Counters = Counters(768, 0, 47, 12, 8),
        Forecast = new Forecast { Verdict = phase switch { MigrationPhase.Completed => ForecastVerdict.Done, MigrationPhase.Failed => ForecastVerdict.Failed, MigrationPhase.Cancelled => ForecastVerdict.Cancelled, _ => ForecastVerdict.Unspecified } },
        Downtime = phase == MigrationPhase.Completed ? Seconds(0.018) : null,
        Error = error,
    };

    public static NodeAgent.Api.V1.Guest OnNode(string name, ulong memory, ulong? dirty = null, string limitation = "", params string[] blockers) => new()
    {
        Ref = Guest(name),
        Pid = 4242,
        Vcpus = 4,
        MemoryBytes = memory * MiB,
        Source = GuestSource.Libvirt,
        Limitation = limitation,
        Started = (Now - TimeSpan.FromDays(3)).ToTimestamp(),
        DirtyRate = dirty is { } rate ? Rate(rate) : null,
        Blockers = { blockers },
    };

    public static DirtyRate Rate(ulong rate) => new() { BytesPerSecond = rate * MiB, Method = "page-sampling", Period = Seconds(1), Measured = (Now - TimeSpan.FromMinutes(4)).ToTimestamp() };

    public static MigrationEvent Event(string id, long sequence, double ago, Action<MigrationEvent> what)
    {
        var one = new MigrationEvent { MigrationId = id, Sequence = sequence, Time = (Now - TimeSpan.FromSeconds(ago)).ToTimestamp() };
        what(one);
        return one;
    }

    public static MigrationPass Pass(uint number, double seconds, ulong dirtied, ulong left, uint throttle = 0) => new()
    {
        Number = number,
        Duration = Seconds(seconds),
        DirtiedBytes = dirtied * MiB,
        RemainingBytes = left * MiB,
        BandwidthBytesPerSecond = 48 * MiB,
        ThrottlePercent = throttle,
        Time = (Now - TimeSpan.FromSeconds(30 - number)).ToTimestamp(),
    };

    public static Duration Seconds(double seconds) => TimeSpan.FromSeconds(seconds).ToDuration();

    private static MigrationCounters Counters(ulong total, ulong left, ulong rate, ulong dirty, uint passes, uint throttle = 0) => new()
    {
        Elapsed = Seconds(12),
        MemoryTotalBytes = total * MiB,
        TransferredBytes = (total + 200) * MiB,
        RemainingBytes = left * MiB,
        BandwidthBytesPerSecond = rate * MiB,
        DirtyBytesPerSecond = dirty * MiB,
        Passes = passes,
        ThrottlePercent = throttle,
        ReadAt = Now.ToTimestamp(),
    };
}
