using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.Fuzz;

/// <summary>The files of the history of migrations: read, kept, and written as they are read back.</summary>
internal static class HistoryTargets
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<FuzzTarget> All =>
    [
        new("migration-history", Records, () => Start(RecordFile.FileName)),
        new("migration-open", UnderWay, () => Start(OpenFile.FileName)),
    ];

    private static Reader Start(string name)
    {
        var folder = new OneFile(name);
        return input =>
        {
            folder.Begin(input);
            var kept = Live(folder);
            if (Open(folder).Newest(null, 100).Count is var found && found != kept) throw new InvalidOperationException($"{kept} records were kept, {found} are read back");
        };
    }

    private static MigrationHistory Open(OneFile folder) => new(folder, 50, 1 << 20, "boot", NullLogger.Instance, threaded: false);

    private static int Live(OneFile folder)
    {
        var history = Open(folder);
        foreach (var unseen in history.EndedUnseen(new HashSet<GuestProcess> { new(1, 1) })) history.Ended(unseen);
        if (history.TryResume(new GuestProcess(1, 1), "u", MigrationDirection.Outgoing) is { } open) history.Ended(open.SoFar);
        history.Write();
        return history.Newest(null, 100).Count;
    }

    private static byte[] Records(int seed)
    {
        var lines = Header();
        for (var i = 0; i < seed % 4; i++) HistoryLines.Write(lines, Record(seed, i));
        return lines.WrittenSpan.ToArray();
    }

    private static byte[] UnderWay(int seed)
    {
        var lines = Header();
        for (var i = 0; i < seed % 5; i++)
        {
            if (i == 3) HistoryLines.WriteClosed(lines, "m1");
            else HistoryLines.Write(lines, new OpenMigration(new GuestProcess(i, 1), Record(seed, i % 2)) { Phase = (MigrationPhase)(seed % 12) }, seed % 7 == 0 ? "another" : "boot");
        }

        return lines.WrittenSpan.ToArray();
    }

    private static ArrayBufferWriter<byte> Header()
    {
        var lines = new ArrayBufferWriter<byte>();
        lines.Write("{\"format\":1}\n"u8);
        return lines;
    }

    private static MigrationRecord Record(int seed, int number) => new($"m{number}", "u", $"shop_{seed}", (MigrationDirection)(seed % 2), (MigrationOutcome)(seed % 4), s_time, s_time.AddSeconds(seed))
    {
        Namespace = seed % 3 == 0 ? "shop" : null,
        Reason = seed % 5 == 0 ? "Unable to write to socket: \"Broken pipe\"\n" : null,
        Downtime = TimeSpan.FromMilliseconds(seed),
        BytesPerSecond = seed * 1e6,
        TransferredBytes = seed,
        PassList = [.. Enumerable.Range(0, seed % 3).Select(static i => new TimedPass(s_time, new MigrationPass(i, 1.5, 100, 200, 300, 20)))],
        Verdicts = [new TimedVerdict(s_time, (MigrationVerdict)(seed % 9))],
        Phases = [new TimedPhase(s_time, (MigrationPhase)(seed % 12))],
    };

    /// <summary>A disk with a file that anything may have happened to.</summary>
    private sealed class OneFile(string name) : HistoryFolder("/fuzz")
    {
        private readonly Dictionary<string, byte[]> _files = [];

        public byte[]? this[string file] => _files.GetValueOrDefault(file);

        public void Begin(ReadOnlySpan<byte> input)
        {
            _files.Clear();
            _files[name] = input.ToArray();
        }

        public override byte[]? ReadEnd(string file, int most, out bool cut)
        {
            cut = false;
            return this[file];
        }

        public override bool Append(string file, long at, ReadOnlySpan<byte> bytes)
        {
            if (this[file] is not { } old || old.Length < at) return false;
            _files[file] = [.. old.AsSpan(0, (int)at), .. bytes];
            return true;
        }

        public override void Replace(string file, ReadOnlySpan<byte> bytes) => _files[file] = bytes.ToArray();

        public override void Copy(string file, string to) => _files[to] = _files[file];

        public override string Rename(string file, string to)
        {
            _files[to] = _files[file];
            _files.Remove(file);
            return to;
        }
    }
}
