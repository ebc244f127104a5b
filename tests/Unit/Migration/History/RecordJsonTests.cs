using System.Text;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.History;

public sealed class RecordJsonTests
{
    [Fact]
    public void A_record_is_read_back_as_it_was()
    {
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var record = Records.Random(random, $"m{i}");
            var read = HistoryLines.ReadRecord(Encoding.UTF8.GetBytes(Records.Line(record)))!;
            Assert.Equal(record with { PassList = [], Verdicts = [], Phases = [] }, read with { PassList = [], Verdicts = [], Phases = [] });
            Assert.Equal(record.PassList, read.PassList);
            Assert.Equal(record.Verdicts, read.Verdicts);
            Assert.Equal(record.Phases, read.Phases);
        }
    }

    [Fact]
    public void A_record_is_one_line_whatever_its_names_hold()
    {
        var line = Records.Line(Records.Record(1) with { Domain = "a\nb\r\n{\"x\":1}", Reason = "\u2028" });
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_later_agent_adds_is_passed_over()
    {
        var line = Records.Line(Records.Record(1)).Replace("\"id\"", "\"colour\":{\"deep\":[1,2]},\"id\"", StringComparison.Ordinal);
        Assert.Equal(Records.Line(Records.Record(1)), Records.Line(HistoryLines.ReadRecord(Encoding.UTF8.GetBytes(line))!));
    }

    [Fact]
    public void What_an_earlier_agent_did_not_write_is_empty()
    {
        var line = Records.Line(Records.Record(1)).Replace(",\"phases\":[]", "", StringComparison.Ordinal);
        Assert.DoesNotContain("phases", line, StringComparison.Ordinal);
        Assert.Empty(HistoryLines.ReadRecord(Encoding.UTF8.GetBytes(line))!.Phases);
    }

    [Fact]
    public void What_is_no_number_is_not_written_and_texts_have_an_end()
    {
        var read = HistoryLines.ReadRecord(Encoding.UTF8.GetBytes(Records.Line(Records.Record(1) with
        {
            BytesPerSecond = double.NaN,
            Reason = new string('x', 100_000),
            Peer = "half \ud83d of a pair",
            PassList = [new TimedPass(Records.Start, new MigrationPass(1, 0, double.PositiveInfinity, 0, 0, 0))],
        })))!;
        Assert.Null(read.BytesPerSecond);
        Assert.Equal("half \ufffd of a pair", read.Peer);
        Assert.Equal(RecordJson.MostText, read.Reason!.Length);
        Assert.Equal(0, read.PassList[0].Pass.DirtiedBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"a","uuid":"b","domain":"c","direction":"sideways","outcome":"completed","started":"2026-11-20T12:00:00Z","ended":"2026-11-20T12:00:00Z","source":"qmp"}""")]
    [InlineData("""{"id":"a","uuid":"b","domain":"c","direction":"outgoing","outcome":"completed","started":"yesterday","ended":"2026-11-20T12:00:00Z","source":"qmp"}""")]
    [InlineData("""{"id":"a","uuid":"b","domain":"c","direction":"outgoing","outcome":"completed","started":"2026-11-20T12:00:00Z","ended":"2026-11-20T12:00:00Z","source":"qmp","downtimeSeconds":1e28}""")]
    [InlineData("""{"id":"a","uuid":"b","domain":"c","direction":"outgoing","outcome":"completed","started":"2026-11-20T12:00:00Z","ended":"2026-11-20T12:00:00Z","source":"qmp","throttlePercent":99999999999}""")]
    [InlineData("""{"id":"a","uuid":"b","domain":"c","direction":"outgoing","outcome":"completed","started":"2026-11-20T12:00:00Z","ended":"2026-11-20T12:00:00Z","source":"qmp","bytesPerSecond":1e999}""")]
    [InlineData("""{"id":"a","uuid":"b","domain":"c","direction":"outgoing","outcome":"completed","started":"2026-11-20T12:00:00Z","ended":"2026-11-20T12:00:00Z","source":"qmp","passList":[7]}""")]
    public void What_is_no_record_is_damage(string line) => Assert.Null(HistoryLines.ReadRecord(Encoding.UTF8.GetBytes(line)));
}
