using NodeAgent.Kvm;
using NodeAgent.Kvm.Judging;
using NodeAgent.Kvm.Model;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Kvm;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using NodeAgent.Tests.Unit.Metrics;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

public sealed class KvmMetricsTests
{
    private readonly MetricRegistry _registry = new();
    private readonly KvmBoard _board = new();

    public KvmMetricsTests() => KvmSource.Add(_registry, _board);

    [Fact]
    public void Nothing_is_shown_before_the_first_check() => Assert.DoesNotContain("\nnodeagent_kvm_usable ", Exposed.Text(_registry), StringComparison.Ordinal);

    [Fact]
    public void A_check_is_shown_as_it_came_out()
    {
        _board.Set(SampleKvm.Usable);
        Golden.Check("metrics.txt", Exposed.Text(_registry));
        _board.Set(SampleKvm.Missing);
        var text = Exposed.Text(_registry);
        Assert.Contains("nodeagent_kvm_usable 0\n", text, StringComparison.Ordinal);
        Assert.Contains("nodeagent_kvm_info{reason=\"module_absent\",vendor=\"GenuineIntel\",virtualization=\"vmx\",firmware=\"unknown\",virtualized=\"false\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("nodeagent_kvm_probe_outcome{outcome=\"not_run\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nnodeagent_kvm_probe_duration_seconds ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nnodeagent_kvm_nested_enabled ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Probes_are_counted_by_outcome_and_those_not_run_are_not()
    {
        _board.Set(SampleKvm.Usable);
        _board.Set(SampleKvm.Usable);
        _board.Set(SampleKvm.Missing);
        _board.Set(KvmJudgement.Of(SampleKvm.Facts with { Device = SampleKvm.Device with { Probe = new KvmProbe(ProbeOutcome.Timeout, "…", TimeSpan.FromSeconds(5)) } }, SampleKvm.Time));
        var text = Exposed.Text(_registry);
        Assert.Contains("nodeagent_kvm_probe_runs_total{outcome=\"passed\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("nodeagent_kvm_probe_runs_total{outcome=\"timeout\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("runs_total{outcome=\"not_run\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_what_did_not_change_allocates_nothing()
    {
        _board.Set(SampleKvm.Usable);
        var source = _registry.Sources.Single(static s => s is KvmSource);
        Assert.Equal(0, Allocated.By(() => source.Take().Dispose()));
    }
}
