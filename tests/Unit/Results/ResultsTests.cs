using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Results;

/// <summary>What tests/run says of each test that did not pass, from the results file of a test run.</summary>
public sealed class ResultsTests
{
    [SkippableFact]
    public void A_failed_test_says_its_message_and_where_it_was()
    {
        Skip.If(Command.Try("sh", "-c", "command -v awk").Status != 0, "awk is not there");
        var folder = Path.Combine(AppContext.BaseDirectory, "Results");

        var lines = Command.Run("awk", "-f", Path.Combine(folder, "results.awk"), Path.Combine(folder, "one-of-each.trx"));

        Assert.Equal(
            """
            passed 2 failed 2 skipped 1
            failed Links.Counted(name: "br0"): Assert.Equal() Failure: Values differ
              Expected: 1 < 2
              Actual:   2 & more
              line 5
              line 6
              line 7
              line 8
                 at Links.Counted() in Links.cs:line 1
                 at Links.Two() in Links.cs:line 2
                 at Links.Three() in Links.cs:line 3
                 at Links.Four() in Links.cs:line 4
            skipped Bonds.Made: this kernel has no bond: EOPNOTSUPP
            failed Links.Left: left over: br0
                 at Links.Left() in Links.cs:line 9

            """,
            lines);
    }
}
