using NodeAgent.Network.Applying;
using Xunit;

namespace NodeAgent.Tests.Unit.Applying;

public sealed class JournalTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("nodeagent-journal-").FullName;

    [Fact]
    public void A_record_is_read_back_as_it_was_written()
    {
        var journal = new Journal(_state, TimeProvider.System);
        var record = new TransactionRecord
        {
            Id = journal.NextId(),
            State = TransactionState.Open,
            Kind = "apply",
            Started = DateTimeOffset.UnixEpoch.AddTicks(1234567),
            Policy = "p",
            PolicyText = "interfaces: []\n# \"quoted\" – and ünicode\n",
            FormerText = null,
            Undo = "interfaces: []\n",
            Added = new LedgerItems { Links = new HashSet<string> { "br0" }, Routes = new HashSet<string> { "r" } },
            ConfirmUntil = DateTimeOffset.UnixEpoch.AddDays(1),
            Outcome = "waits",
        };
        journal.Write(record);
        var read = Assert.Single(journal.ReadAll());
        Assert.Equal(record with { Added = read.Added }, read);
        Assert.Equal(record.Added.Links, read.Added.Links);
        Assert.Equal(record.Added.Routes, read.Added.Routes);
    }

    [Fact]
    public void A_damaged_record_is_reported_and_the_others_are_read()
    {
        var journal = new Journal(_state, TimeProvider.System);
        journal.Write(Ended(journal.NextId()));
        File.WriteAllText(Path.Combine(_state, "transactions", "0.json"), "{\"id\":");
        var told = new List<string>();
        Assert.Single(journal.ReadAll(told.Add));
        Assert.Contains("0.json", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_so_many_ended_transactions_are_kept_and_open_ones_always()
    {
        var journal = new Journal(_state, TimeProvider.System);
        journal.Write(Ended("0-open") with { State = TransactionState.Open });
        for (var i = 0; i < Journal.Kept + 7; i++) journal.Write(Ended($"1-{i:000}"));
        journal.Trim();
        var left = journal.ReadAll();
        Assert.Equal(Journal.Kept + 1, left.Count);
        Assert.Equal("0-open", left[0].Id);
        Assert.Equal("1-007", left[1].Id);
    }

    [Fact]
    public void A_word_left_for_a_transaction_is_read_until_it_is_cleared()
    {
        var journal = new Journal(_state, TimeProvider.System);
        journal.Write(Ended("a"));
        Assert.Null(journal.ReadSignal("a"));
        journal.Signal("a", Journal.ConfirmWord);
        Assert.Equal(Journal.ConfirmWord, journal.ReadSignal("a"));
        journal.ClearSignal("a");
        Assert.Null(journal.ReadSignal("a"));
    }

    public void Dispose() => Directory.Delete(_state, recursive: true);

    private static TransactionRecord Ended(string id) => new() { Id = id, State = TransactionState.Closed, Kind = "apply", Started = DateTimeOffset.UnixEpoch, Undo = "" };
}
