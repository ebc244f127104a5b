using System.Buffers;
using System.Text;
using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Wire;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Qmp;

public sealed class QmpMessageTests
{
    private const string Stream =
        """{"QMP": {"version": {"qemu": {"micro": 2, "minor": 0, "major": 10}, "package": ""}, "capabilities": []}}""" + "\r\n" +
        """{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "MIGRATION_PASS", "data": {"pass": 3}}""" + "\r\n" +
        "{\r\n  \"return\": {\r\n    \"status\": \"active\"\r\n  },\r\n  \"id\": 7\r\n}\r\n" +
        """{"id": 8, "error": {"class": "CommandNotFound", "desc": "The command x has not been found"}}""" + "\n" +
        """{"timestamp": {}, "event": "STOP"}""" + "\r\n" +
        """{"event": "NIC_RX_FILTER_CHANGED", "data": {"return": 1, "id": 4}}""" + "\r\n" +
        """{"return": {}, "id": "of another"}""" + "\r\n";

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(7)]
    [InlineData(1)]
    public void Messages_come_in_any_pieces(int piece)
    {
        var (bytes, fields, segments) = (Encoding.UTF8.GetBytes(Stream), new List<string>(), new List<byte[]>());
        foreach (var part in bytes.Chunk(Math.Min(piece, bytes.Length)))
        {
            segments.Add(part);
            var buffer = Segment.Sequence(segments);
            while (QmpMessage.TryRead(ref buffer, out var message)) fields.Add($"{message.Kind} {message.Id} {message.Event} {Encoding.UTF8.GetString(message.Body.ToArray()).Replace("\r\n", "", StringComparison.Ordinal)}");
            segments = [buffer.ToArray()];
        }

        Assert.Equal(
            [
                """Greeting 0 Other {"version": {"qemu": {"micro": 2, "minor": 0, "major": 10}, "package": ""}, "capabilities": []}""",
                """Event 0 MigrationPass {"pass": 3}""",
                """Return 7 Other {    "status": "active"  }""",
                """Error 8 Other {"class": "CommandNotFound", "desc": "The command x has not been found"}""",
                "Event 0 Stop ",
                """Event 4 Other {"return": 1, "id": 4}""".Replace("Event 4", "Event 0", StringComparison.Ordinal),
                "Return 0 Other {}",
            ],
            fields);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[1]")]
    [InlineData("{\"a\" 1}")]
    public void What_is_no_message_is_refused(string text)
    {
        Assert.ThrowsAny<JsonException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text));
            QmpMessage.TryRead(ref buffer, out _);
        });
    }

    [Theory]
    [InlineData("""{"event": "MIGRATION", "data": {"status": "postcopy-active"}}""", MigrationPhase.PostcopyActive)]
    [InlineData("""{"event": "MIGRATION", "data": {"status": "of-tomorrow"}}""", null)]
    [InlineData("""{"event": "MIGRATION"}""", null)]
    public void Phases(string text, MigrationPhase? phase)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text));
        Assert.True(QmpMessage.TryRead(ref buffer, out var message));
        Assert.Equal(phase, QmpEvents.Phase(message, "", new FirstProblem()));
    }

    [Theory]
    [InlineData(1491, 100, "2026-11-20T11:59:52Z")] // of the host's start, 108 s ago
    [InlineData(1_795_176_000 - 60, 1, "2026-11-20T11:59:01Z")] // of 1970
    [InlineData(1_795_176_000 + 60, 1, "2026-11-20T12:00:00Z")] // the clock was set back since
    public void A_measurement_ended(long start, int period, string end)
    {
        var reply = new DirtyRateReply(DirtyRateStatus.Measured, 1, DirtyRateMode.PageSampling, start, TimeSpan.FromSeconds(period));
        var now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), reply.MeasuredAt(now, TimeSpan.FromSeconds(1599)));
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Sequence(List<byte[]> parts)
        {
            var first = new Segment { Memory = parts[0] };
            var last = first;
            foreach (var part in parts.Skip(1))
            {
                var next = new Segment { Memory = part, RunningIndex = last.RunningIndex + last.Memory.Length };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
