using NodeAgent.Hosting;
using NodeAgent.Network.Drift;
using NodeAgent.Systemd;
using Xunit;

namespace NodeAgent.Tests.Unit.Systemd;

public sealed class StatusSentenceTests
{
    [Theory]
    [InlineData("", "no policies: nothing is changed on this node")]
    [InlineData("a=in force", "1 policy in force")]
    [InlineData("a=in force,b=in force", "2 policies in force")]
    [InlineData("a=in force,b=drifted", "1 of 2 policies in force; b: drifted: why b")]
    [InlineData("a=refused,b=drifted", "0 of 2 policies in force; a: refused: why a (and 1 more: nodeagent status)")]
    public void Policies_in_one_sentence(string policies, string sentence) => Assert.Equal(sentence, StatusSentence.Of(Policies(policies), []));

    [Fact]
    public void A_part_that_does_not_work_is_a_problem() =>
        Assert.Equal("1 policy in force; http: 127.0.0.1:9799 is taken", StatusSentence.Of(Policies("a=in force"), [new ReadinessPart("network", true, "x"), new ReadinessPart("http", false, "127.0.0.1:9799 is taken")]));

    private static List<PolicyStatus> Policies(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).Select(p => new PolicyStatus { Name = p[0], File = "f", State = p[1], Message = p[1] == "in force" ? "" : "why " + p[0] })];
}
