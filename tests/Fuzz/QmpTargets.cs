using System.Buffers;
using System.Text;
using System.Text.Json;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What QEMU says on a monitor: messages one after the other, and everything that is read out of their bodies.</summary>
internal static class QmpTargets
{
    private static readonly TimeSpan s_year = TimeSpan.FromDays(365);

    public static IEnumerable<FuzzTarget> All => [new("qmp-messages", Conversation, () => Read), new("qmp-pieces", Conversation, () => ReadInPieces)];

    private static void Read(ReadOnlySpan<byte> input) => Follow(new ReadOnlySequence<byte>(input.ToArray()));

    /// <summary>The same, as a socket may bring it: cut in the middle, and in two pieces of memory.</summary>
    private static void ReadInPieces(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var first = new Piece(bytes.AsMemory(0, bytes.Length / 3));
        var last = first.Then(bytes.AsMemory(bytes.Length / 3));
        Follow(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));
    }

    private static void Follow(ReadOnlySequence<byte> buffer)
    {
        try
        {
            while (QmpMessage.TryRead(ref buffer, out var message)) Take(message);
        }
        catch (JsonException)
        {
            // Refused, as it may be.
        }
    }

    private static void Take(QmpMessage message)
    {
        var problems = new FirstProblem();
        if (message.Body.IsEmpty) return;
        QmpEvents.Phase(message, "data", problems);
        QmpEvents.Pass(message, "data", problems);
        QmpVersion.Read(message.Body, problems);
        QmpError.Read(message.Body, problems);
        var sample = MigrateReply.Read(message.Body, default, "", problems);
        if (sample is { TotalBytes: < 0 } or { RemainingBytes: < 0 } or { ThrottlePercent: < 0 or > 100 } || sample.Elapsed > 400 * s_year) throw new InvalidOperationException($"a sample of nonsense: {sample}");
        var limits = new MigrationLimits();
        limits.ReadParameters(message.Body, "", problems);
        limits.ReadCapabilities(message.Body, "", problems);
        limits.With(sample);
        DirtyRateReply.Read(message.Body, "", problems).MeasuredAt(DateTimeOffset.UnixEpoch + (50 * s_year), TimeSpan.FromDays(3));
    }

    private static byte[] Conversation(int seed)
    {
        var status = (seed % 4) switch { 0 => "active", 1 => "postcopy-active", 2 => "completed", _ => "setup" };
        return Encoding.UTF8.GetBytes(
            $$$$"""{"QMP": {"version": {"qemu": {"micro": {{{{seed}}}}, "minor": 2, "major": 7}, "package": "Debian \u00fc"}, "capabilities": ["oob"]}}""" + "\r\n" +
            $$$$"""{"return": {"expected-downtime": 300, "status": "{{{{status}}}}", "setup-time": 3, "total-time": {{{{seed * 100}}}}, "cpu-throttle-percentage": 20, "ram": {"total": 4000, "dirty-sync-count": 2, "page-size": 4096, "remaining": {{{{seed}}}}, "mbps": 8.25, "transferred": 900, "duplicate": 2, "dirty-pages-rate": 7, "normal-bytes": 800}}, "id": {{{{seed}}}}}""" + "\r\n" +
            $$$$"""{"timestamp": {"seconds": 1795176000, "microseconds": {{{{seed}}}}}, "event": "MIGRATION", "data": {"status": "{{{{status}}}}"}}""" + "\r\n" +
            $$$$"""{"timestamp": {"seconds": 1795176000, "microseconds": {{{{seed}}}}}, "event": "MIGRATION_PASS", "data": {"pass": {{{{seed}}}}}}""" + "\r\n" +
            "{\r\n    \"return\": {\"max-bandwidth\": 41943040, \"downtime-limit\": 300, \"max-postcopy-bandwidth\": 0},\r\n    \"id\": 3\r\n}\r\n" +
            """{"return": [{"state": true, "capability": "events"}, {"state": false, "capability": "postcopy-ram"}], "id": 4}""" + "\r\n" +
            $$$$"""{"return": {"status": "measured", "sample-pages": 512, "dirty-rate": 36, "mode": "dirty-bitmap", "start-time": {{{{1491 + (seed * 60_000_000L)}}}}, "calc-time": 1, "calc-time-unit": "second"}, "id": 5}""" + "\r\n" +
            """{"id": 6, "error": {"class": "GenericError", "desc": "the dirty rate is already being measured."}}""" + "\r\n");
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
