using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

/// <summary>
/// A list of thousands comes in parts; what changes between two of them makes it a list of no single moment (NLM_F_DUMP_INTR).
/// The change is made while the list is read, from the predicate that is asked about each object.
/// </summary>
public sealed class InterruptedDumpTests
{
    private const int Addresses = 5000;
    private const ushort GetAddress = 22;
    private const ushort NewAddress = 20;

    [SkippableFact]
    public void A_list_that_changes_every_time_it_is_read_says_list_again() => KernelTest.Run(c =>
    {
        Fill(c);
        using var other = NetlinkConnection.Open();
        var addresses = new List<AddressMessage>();
        var read = 0;
        var refusal = Assert.Throws<NetlinkException>(() => List(c, addresses, () =>
        {
            if (++read % 1000 == 0)
                Toggle(other);
        }));
        Assert.True(refusal.NeedsRelist);
        Assert.Equal("EINTR", refusal.ErrnoName);
        Assert.Contains($"{NetlinkConnection.DumpAttempts} times; list again", refusal.Message, StringComparison.Ordinal);
        Assert.True(read >= NetlinkConnection.DumpAttempts * Addresses, $"only {read} addresses were read");

        // The socket is as good as before.
        c.DumpAddresses(addresses, AddressFamily.Inet);
        Assert.Equal(Addresses + 1, addresses.Count);
    });

    [SkippableFact]
    public void A_list_that_changed_once_is_read_again_and_is_whole() => KernelTest.Run(c =>
    {
        Fill(c);
        using var other = NetlinkConnection.Open();
        var addresses = new List<AddressMessage>();
        var read = 0;
        List(c, addresses, () =>
        {
            if (++read == 100)
                Toggle(other);
        });
        Assert.True(read >= 2 * Addresses, $"only {read} addresses were read");
        Assert.Equal(Addresses + 1, addresses.Count);
        Assert.Equal(Addresses + 1, addresses.DistinctBy(address => address.Own).Count());
    });

    private static void Fill(NetlinkConnection connection) => connection.Do(b =>
    {
        for (var i = 0; i < Addresses; i++)
            b.NewAddress(Address(i));
    });

    private static void List(NetlinkConnection connection, List<AddressMessage> into, Action onEach) =>
        connection.Dump<AddressMessage>(GetAddress, NewAddress, new AddressMessage { Family = AddressFamily.Inet }, into, _ =>
        {
            onEach();
            return true;
        }, "addresses");

    private static void Toggle(NetlinkConnection other) => other.Do(b =>
    {
        b.NewAddress(Address(Addresses));
        b.DeleteAddress(Address(Addresses));
    });

    private static AddressMessage Address(int i) => AddressMessage.For(1, InetAddress.FromIPv4(0x0a000001u + (uint)i), 32);
}
