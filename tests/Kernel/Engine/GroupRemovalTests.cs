using NodeAgent.Network.Planning;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>Many links are moved to a link group and removed as one.</summary>
public sealed class GroupRemovalTests
{
    private const int Count = 10;

    [SkippableFact]
    public void Links_that_the_kernel_does_not_remove_get_their_group_back() => ApplyTests.OnNode(node =>
    {
        Build();
        // Nobody can remove the loopback: the kernel then removes none of its group.
        var failures = node.Engine.Kernel.Execute([.. Enumerable.Range(0, Count).Select(i => Remove($"mv{i}")), Remove("lo")], null);

        Assert.Contains("EOPNOTSUPP", Assert.Single(failures).Message, StringComparison.Ordinal);
        Assert.Equal("default", Group("lo"));
        for (var i = 0; i < Count; i++) Assert.Equal($"{100 + i}", Group($"mv{i}"));
    });

    [SkippableFact]
    public void A_group_that_somebody_uses_is_not_taken() => ApplyTests.OnNode(node =>
    {
        Build();
        Command.Line($"ip link set nic1 group {1 << 24}");

        var failures = node.Engine.Kernel.Execute([.. Enumerable.Range(0, Count).Select(i => Remove($"mv{i}"))], null);

        Assert.Empty(failures);
        Assert.NotNull(node.Engine.Observe().Find("nic1"));
        Assert.Empty(node.Engine.Observe().UppersOf("nic0"));
    });

    private static void Build()
    {
        for (var i = 0; i < Count; i++) Command.Line($"ip link add mv{i} link nic0 group {100 + i} type macvlan mode bridge");
    }

    private static string? Group(string link) => (string?)Iproute.Link(link)["group"];

    private static RemoveLinkStep Remove(string link) => new() { Kind = "mac-vlan", Link = link, Reason = "it is asked to be absent" };
}
