using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Hosting;
using NodeAgent.Kvm;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Watching;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

public sealed class KvmMonitorTests
{
    private readonly KvmBoard _board = new();
    private readonly VerdictBoard _verdicts = new(TimeProvider.System);

    [Fact]
    public void The_first_check_is_told_to_both_boards_and_to_readiness()
    {
        var readiness = new Readiness();
        KvmReadiness.Tell(_board, readiness);
        Assert.False(readiness.IsReady);
        using var monitor = new KvmMonitor(static () => SampleKvm.Missing, _board, _verdicts, TimeProvider.System, NullLogger.Instance);
        Assert.True(Wait.Until(() => _verdicts.Of(VerdictKind.Kvm).Count == 1));
        Assert.False(_board.Current!.Usable);
        Assert.Equal(Severity.Critical, _verdicts.Of(VerdictKind.Kvm)[0].Severity);
        // The agent does all of its work on a node without KVM.
        Assert.True(readiness.IsReady);
        Assert.StartsWith("checked, and it cannot be used: /dev/kvm is missing", readiness.Snapshot[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_throws_takes_nobody_with_it()
    {
        var checks = 0;
        using (new KvmMonitor(Check, _board, _verdicts, TimeProvider.System, NullLogger.Instance))
        {
            Assert.True(Wait.Until(() => Volatile.Read(ref checks) > 0));
        }

        Assert.Null(_board.Current);

        KvmReport Check()
        {
            Interlocked.Increment(ref checks);
            throw new InvalidOperationException("no");
        }
    }

    [Fact]
    public void A_check_that_hangs_does_not_hold_up_the_end()
    {
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var monitor = new KvmMonitor(Hang, _board, _verdicts, TimeProvider.System, NullLogger.Instance);
        begun.Wait();
        monitor.Dispose();
        Assert.Null(_board.Current);
        release.Set();
        Assert.True(Wait.Until(() => _board.Current is not null));

        KvmReport Hang()
        {
            begun.Set();
            release.Wait();
            return SampleKvm.Usable;
        }
    }
}
