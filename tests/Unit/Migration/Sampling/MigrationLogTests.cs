using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Migration.History;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>What the log says of migrations.</summary>
public sealed class MigrationLogTests
{
    [Fact]
    public void Names_and_reasons_are_one_line_that_moves_no_cursor()
    {
        var (clock, log) = (new ManualClock(), new ListLog());
        using var store = new MigrationStore(1, TimeSpan.FromMinutes(5), clock);
        store.Tell(new MigrationLog(log));
        var status = new MigrationStatus("a", SamplerHouse.Guest(1) with { Name = "a b/ü\n\u009b31m" }, MigrationDirection.Outgoing) { Phase = MigrationPhase.Active, Started = clock.GetUtcNow() };
        Put(store, clock, status);
        Put(store, clock, status with { Phase = MigrationPhase.Failed, Outcome = MigrationOutcome.Failed, Ended = clock.GetUtcNow(), Error = "Unable to\nwrite" });
        Assert.Equal([@"default/a b/ü\n\x9b31m: outgoing migration a began", @"default/a b/ü\n\x9b31m: outgoing migration ended as failed after 0.0 s: Unable to\nwrite"], log.Texts());
    }

    private static void Put(MigrationStore store, ManualClock clock, in MigrationStatus status)
    {
        using var batch = store.Write();
        batch.Put(status, clock.GetUtcNow());
    }
}
