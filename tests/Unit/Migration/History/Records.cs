using System.Buffers;
using System.Text;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>Records, events and statuses to test with.</summary>
internal static class Records
{
    public const string Uuid = "8a9f7e3c-0000-4000-8000-000000000001";

    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_texts = ["db", "shop_db", "with space", "two\nlines", "über \"quoted\" \\ / ", "雪\u2028", "\ud83d\ude00", "\u0000\u001f", ""];

    public static MigrationRecord Record(int number, string uuid = Uuid) =>
        new($"m{number}", uuid, "shop_db", MigrationDirection.Outgoing, MigrationOutcome.Completed, Start.AddSeconds(number), Start.AddSeconds(number + 40)) { Source = GuestSourceKind.Libvirt };

    /// <summary>Every field by chance: there or not, ordinary or as odd as the wire allows.</summary>
    public static MigrationRecord Random(Random random, string id)
    {
        return new MigrationRecord(id, Text(), Text(), Word<MigrationDirection>(), Word<MigrationOutcome>(), Time(), Time())
        {
            Namespace = Maybe(Text),
            Name = Maybe(Text),
            PodUid = Maybe(Text),
            Source = Word<GuestSourceKind>(),
            FoundUnderWay = random.Next(2) == 0,
            Peer = Maybe(Text),
            Trigger = Maybe(Text),
            Reason = Maybe(Text),
            Downtime = random.Next(2) == 0 ? null : TimeSpan.FromTicks(random.NextInt64(-10, 1L << random.Next(1, 60))),
            MemoryBytes = Whole(),
            TransferredBytes = Whole(),
            Passes = Whole(),
            BytesPerSecond = Number(),
            DirtyBytesPerSecond = Number(),
            ThrottlePercent = random.Next(3) == 0 ? random.Next(100) : 0,
            PassList = [.. Enumerable.Range(0, random.Next(4)).Select(i => new TimedPass(Time(), new MigrationPass(i, random.NextDouble(), random.NextDouble() * 1e12, random.Next(), 1.5, random.Next(100))))],
            Verdicts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new TimedVerdict(Time(), Word<MigrationVerdict>()))],
            Phases = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new TimedPhase(Time(), Word<MigrationPhase>()))],
        };

        string Text() => s_texts[random.Next(s_texts.Length)];
        string? Maybe(Func<string> text) => random.Next(3) == 0 ? null : text();
        T Word<T>()
            where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
        DateTimeOffset Time() => random.Next(20) == 0 ? DateTimeOffset.MinValue : Start.AddTicks(random.NextInt64(-1L << 40, 1L << 50));
        long? Whole() => random.Next(4) == 0 ? null : random.NextInt64(-1, 1L << random.Next(1, 63));
        double? Number() => random.Next(4) == 0 ? null : random.NextDouble() * Math.Pow(10, random.Next(-300, 300));
    }

    /// <summary>A record as its line: records hold lists, which are equal only where they are one.</summary>
    public static string Line(MigrationRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        HistoryLines.Write(bytes, record);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static IEnumerable<string> Ids(IMigrationHistory history, string? uuid = null) => history.Newest(uuid, int.MaxValue).Select(static r => r.Id);

    public static MigrationStatus Status(string id, int pid = 100, MigrationDirection direction = MigrationDirection.Outgoing) =>
        new(id, new Guest(new GuestProcess(pid, 7777), Uuid, "shop_db") { Namespace = "shop", Name = "db", MemoryBytes = 4L << 30 }, direction)
        {
            Started = Start,
            Phase = MigrationPhase.Active,
            Source = GuestSourceKind.Qmp,
            Peer = "10.0.0.2",
            Sample = new MigrationSample(TimeSpan.FromSeconds(3)) { TotalBytes = 4L << 30, TransferredBytes = 300, Elapsed = TimeSpan.FromSeconds(3), Pass = 2 },
            Forecast = new MigrationForecast(TimeSpan.FromSeconds(3), MigrationVerdict.Converging) { DirtyBytesPerSecond = 5, ThrottlePercent = 20 },
        };

    public static MigrationEvent Event(MigrationStatus status, MigrationEventKind kind, int second, long pass = 0) =>
        new(second, second, Start.AddSeconds(second), status.Id, kind)
        {
            Phase = status.Phase,
            Verdict = status.Forecast.Verdict,
            Pass = kind == MigrationEventKind.Pass ? new MigrationPass(pass, 1.5, 100, 200, 300, 0) : default,
        };
}
