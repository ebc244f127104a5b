using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class BatchTests
{
    [SkippableFact]
    public void Refusals_in_the_middle_are_matched_to_their_requests_and_stop_nothing() => KernelTest.Run(c =>
    {
        using var batch = new NetlinkBatch();
        batch.NewLink(new LinkMessage { Name = "br0", Data = new Bridge() });
        var twice = batch.NewLink(new LinkMessage { Name = "br0", Data = new Bridge() }, operation: "create bridge", target: "br0 of policy p1");
        batch.NewLink(new LinkMessage { Name = "br1", Data = new Bridge() });
        var absent = batch.DeleteLink("nothing");
        var unknown = batch.NewLink(new LinkMessage { Name = "x", Kind = "no-such-kind" });
        var mtu = batch.SetLink(new LinkMessage { Name = "br1", Mtu = 10 });
        batch.NewLink(new LinkMessage { Name = "br2", Data = new Bridge() });

        var result = c.Execute(batch);
        Assert.Equal(7, result.Count);
        Assert.Equal([twice, absent, unknown, mtu], Enumerable.Range(0, 7).Where(i => result[i] is not null));
        Assert.Equal("create bridge br0 of policy p1: EEXIST (File exists)", result[twice]!.Message);
        Assert.StartsWith("remove link nothing: ENODEV (No such device)", result[absent]!.Message, StringComparison.Ordinal);
        Assert.Equal("EOPNOTSUPP", result[unknown]!.ErrnoName);
        Assert.Equal("Unknown device type", result[unknown]!.KernelMessage);
        Assert.Equal("EINVAL", result[mtu]!.ErrnoName);
        Assert.Contains("mtu", result[mtu]!.KernelMessage, StringComparison.Ordinal);
        Assert.Same(result[twice], result.FirstError);
        Assert.False(result.Succeeded);
        Assert.NotNull(c.GetLink("br2"));
    }, LinkKinds.Bridge);

    [SkippableFact]
    public void The_attribute_at_fault_is_named() => KernelTest.Run(c =>
    {
        // Longer than IFNAMSIZ: the kernel's policy check points at it.
        var refusal = c.Refused(b => b.NewLink(new LinkMessage { Name = "a-name-that-is-much-too-long", Data = new Bridge() }));
        Assert.Equal("ERANGE", refusal.ErrnoName);
        Assert.Equal(32, refusal.Offset);
        Assert.Contains("attribute 3 is at fault", refusal.Message, StringComparison.Ordinal);
    }, LinkKinds.Bridge);

    /// <summary>More than one send buffer holds and more acknowledgements than a small receive buffer does.</summary>
    [SkippableFact]
    public void A_batch_larger_than_the_buffers_is_sent_in_parts() => KernelTest.Run(_ =>
    {
        const int count = 3000;
        using var small = NetlinkConnection.Open(receiveBuffer: 16 << 10, sendBuffer: 8 << 10);
        using var batch = new NetlinkBatch();
        for (var i = 0; i < count; i++)
            batch.NewAddress(AddressMessage.For(1, InetAddress.FromIPv4(0x0a000001u + (uint)(i / 2)), 32));

        var result = small.Execute(batch);
        Assert.Equal(count / 2, result.Errors.Count());
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i % 2 == 0 ? null : "EEXIST", result[i]?.ErrnoName));
        Assert.Equal(count / 2 + 1, KernelTest.List<AddressMessage>(l => small.DumpAddresses(l, AddressFamily.Inet)).Count);
    });

    [SkippableFact]
    public void A_request_too_large_for_the_send_buffer_fails_alone() => KernelTest.Run(_ =>
    {
        using var small = NetlinkConnection.Open(sendBuffer: 4 << 10);
        using var batch = new NetlinkBatch();
        batch.NewAddress(AddressMessage.For(1, InetAddress.Parse("10.0.0.1"), 32));
        batch.NewLink(new LinkMessage { Name = "x", Alias = new string('x', 60_000), Data = new Dummy() });
        batch.NewAddress(AddressMessage.For(1, InetAddress.Parse("10.0.0.2"), 32));
        var result = small.Execute(batch);
        Assert.Null(result[0]);
        Assert.Equal("EMSGSIZE", result[1]!.ErrnoName);
        Assert.Null(result[2]);
    });

    [SkippableFact]
    public void An_empty_batch_does_nothing() => KernelTest.Run(c =>
    {
        using var batch = new NetlinkBatch();
        Assert.True(c.Execute(batch).Succeeded);
    });

    [SkippableFact]
    public void A_batch_can_be_cleared_and_used_again() => KernelTest.Run(c =>
    {
        using var batch = new NetlinkBatch();
        batch.NewLink(new LinkMessage { Name = "br0", Data = new Bridge() });
        Assert.True(c.Execute(batch).Succeeded);
        batch.Clear();
        batch.DeleteLink("br0");
        Assert.True(c.Execute(batch).Succeeded);
        Assert.Equal("ENODEV", c.Execute(batch)[0]!.ErrnoName);
    }, LinkKinds.Bridge);
}
