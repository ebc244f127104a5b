using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>Guests and migrations as a sampler would put them on the board.</summary>
internal static class MigrationMaker
{
    /// <summary>Names may hold anything.</summary>
    public const string OddName = "a guest/Ünï\n\"x\",y";

    public static Guest Guest(string name, string? space = "team-a", int pid = 4711) =>
        new(new GuestProcess(pid, 99), $"6f3a0000-0000-4000-8000-{Math.Abs(name.GetHashCode(StringComparison.Ordinal) % 10_000):000000000000}", space is null ? name : $"{space}_{name}")
        {
            Namespace = space,
            Name = space is null ? null : name,
            PodUid = space is null ? null : "0d9e",
            MemoryBytes = 2L << 30,
            Vcpus = 4,
            Started = DateTimeOffset.UnixEpoch.AddHours(3),
            Links = ["tap0"],
        };

    public static GuestState State(Guest guest) => new(guest, GuestSourceKind.Libvirt)
    {
        DirtyRate = new DirtyRate(20 << 20, DirtyRateMode.DirtyRing, TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch.AddHours(4)),
        Limitation = "its monitor is busy",
        Blockers = ["a host device is passed through"],
    };

    public static MigrationStatus Status(string id, DateTimeOffset started, MigrationDirection direction = MigrationDirection.Outgoing) => new(id, Guest("vm-" + id), direction)
    {
        Source = GuestSourceKind.Qmp,
        Phase = MigrationPhase.Setup,
        Started = started,
        Peer = "192.0.2.17",
    };

    /// <summary>One more sample, of which everything follows from its number.</summary>
    public static MigrationStatus Sampled(in MigrationStatus status, long number, DateTimeOffset at) => status with
    {
        SampledAt = at,
        Sample = new MigrationSample(TimeSpan.FromSeconds(number))
        {
            Elapsed = TimeSpan.FromSeconds(number),
            TotalBytes = 2L << 30,
            RemainingBytes = number,
            TransferredBytes = 1000 * number,
            TransferBytesPerSecond = 48 << 20,
            DirtyBytesPerSecond = 17 << 20,
            Pass = 2,
            ThrottlePercent = 20,
            ExpectedDowntime = TimeSpan.FromMilliseconds(519),
        },
        Forecast = status.Forecast with { At = TimeSpan.FromSeconds(number), RemainingSecondsLow = 1, RemainingSecondsHigh = 3.5, Factor = LimitingFactor.TransferRate, TransferBytesPerSecond = 48 << 20, DirtyBytesPerSecond = 17 << 20, Pass = 2 },
    };

    public static MigrationPass Pass(long number) => new(number, 2.5, 10e6 + number, 20e6, 48 << 20, 10);

    public static MigrationRecord Record(string id, MigrationOutcome outcome = MigrationOutcome.Completed) =>
        new(id, "6f3a", OddName, MigrationDirection.Outgoing, outcome, DateTimeOffset.UnixEpoch.AddHours(1), DateTimeOffset.UnixEpoch.AddHours(1).AddSeconds(83))
        {
            Namespace = "team-a",
            Name = "vm",
            PodUid = "0d9e",
            Source = GuestSourceKind.Libvirt,
            FoundUnderWay = true,
            Peer = "192.0.2.17",
            Trigger = "evacuation",
            Reason = "Unable to write to socket: Broken pipe",
            Downtime = TimeSpan.FromMilliseconds(18),
            MemoryBytes = 2L << 30,
            TransferredBytes = 3L << 30,
            Passes = 21,
            BytesPerSecond = 48 << 20,
            DirtyBytesPerSecond = 17 << 20,
            ThrottlePercent = 90,
            PassList = [new TimedPass(DateTimeOffset.UnixEpoch.AddHours(1).AddSeconds(10), Pass(1)), new TimedPass(DateTimeOffset.UnixEpoch.AddHours(1).AddSeconds(13), Pass(2))],
            Verdicts = [new TimedVerdict(DateTimeOffset.UnixEpoch.AddHours(1), MigrationVerdict.TooEarly), new TimedVerdict(DateTimeOffset.UnixEpoch.AddHours(1).AddSeconds(70), MigrationVerdict.Stagnating)],
            Phases = [new TimedPhase(DateTimeOffset.UnixEpoch.AddHours(1), MigrationPhase.Active), new TimedPhase(DateTimeOffset.UnixEpoch.AddHours(1).AddSeconds(80), MigrationPhase.PreSwitchover), new TimedPhase(DateTimeOffset.UnixEpoch.AddHours(1).AddSeconds(82), MigrationPhase.Device)],
        };
}
