using System.Text.Json.Nodes;
using NodeAgent.Kvm.Model;
using NodeAgent.Tests.Unit.Api;
using NodeAgent.Tests.Unit.Cli;
using NodeAgent.Tests.Unit.Node;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

/// <summary>nodeagent kvm show, over reports that the test makes.</summary>
public sealed class KvmShowTests
{
    [Fact]
    public void People_read_the_sentence_first()
    {
        var run = Run(SampleKvm.Usable);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Golden.Check("show.txt", run.Out);
    }

    [Fact]
    public void All_shows_what_says_nothing_new() => Golden.Check("show-all.txt", Run(SampleKvm.Usable, "--all").Out);

    [Fact]
    public void Without_KVM_it_says_why_and_ends_with_1()
    {
        var run = Run(SampleKvm.Missing);
        Assert.Equal(1, run.ExitCode);
        Golden.Check("show-missing.txt", run.Out);
    }

    [Fact]
    public void Programs_get_stable_names()
    {
        Golden.Check("show.json", Run(SampleKvm.Usable, "-o", "json").Out);
        var missing = JsonNode.Parse(Run(SampleKvm.Missing, "-o", "json").Out)!;
        Assert.False(missing["usable"]!.GetValue<bool>());
        Assert.Equal("not run", missing["functionalProbe"]!["outcome"]!.GetValue<string>());
        Assert.Null(missing["functionalProbe"]!["durationSeconds"]);
        Assert.Null(missing["apiVersion"]);
        Assert.Empty(missing["extensions"]!.AsObject());
        Assert.StartsWith("usable: false\n", Run(SampleKvm.Missing, "-o", "yaml").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agents_last_check_is_shown_where_one_answers()
    {
        await using var host = await ApiHost.StartAsync(new LinkMaker().Store());
        var early = await AskAsync("kvm", "show", "--socket", host.SocketPath);
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("has not checked KVM yet", early.Error, StringComparison.Ordinal);

        host.Kvm.Set(SampleKvm.Missing);
        var agents = await AskAsync("kvm", "show", "--socket", host.SocketPath, "-v");
        Assert.Equal(1, agents.ExitCode);
        Assert.Equal(Run(SampleKvm.Missing).Out, agents.Out);
        Assert.Contains($"as checked by the agent at {host.SocketPath}", agents.Error, StringComparison.Ordinal);

        static Task<CliRun> AskAsync(params string[] args) => Task.Run(() => CliRun.With(new FakeEngine(), args));
    }

    [Fact]
    public void A_socket_that_was_named_and_serves_nobody_is_an_error()
    {
        var run = CliRun.With(new FakeEngine(), "kvm", "show", "--socket", "/nowhere/a.sock");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no agent serves /nowhere/a.sock, which --socket names", run.Error, StringComparison.Ordinal);
    }

    private static CliRun Run(KvmReport report, params string[] options) =>
        CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["kvm", "show", "--local", .. options], kvm: report);
}
