using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

public sealed class InterruptedDumpTests
{
    private const int Addresses = 5000;

    /// <summary>While addresses come and go all the time a list of thousands is of no single moment; that is said, and never passed off as a list.</summary>
    [SkippableFact]
    public void A_list_that_changes_all_the_time_says_list_again() => KernelTest.Run(c =>
    {
        c.Do(b =>
        {
            for (var i = 0; i < Addresses; i++)
                b.NewAddress(Address(i));
        });

        using var other = NetlinkConnection.Open();
        using var stop = new CancellationTokenSource();
        var changing = new Thread(() =>
        {
            using var batch = new NetlinkBatch();
            for (var i = 0; i < 100; i++)
            {
                batch.NewAddress(Address(Addresses));
                batch.DeleteAddress(Address(Addresses));
            }

            while (!stop.IsCancellationRequested)
                other.Execute(batch);
        });
        changing.Start();
        NetlinkException? refusal = null;
        var addresses = new List<AddressMessage>();
        try
        {
            for (var i = 0; i < 200 && refusal is null; i++)
            {
                try
                {
                    c.DumpAddresses(addresses, AddressFamily.Inet);
                    Assert.InRange(addresses.Count, Addresses + 1, Addresses + 2);
                    Assert.Equal(addresses.Count, addresses.DistinctBy(address => address.Own).Count());
                }
                catch (NetlinkException e)
                {
                    refusal = e;
                }
            }
        }
        finally
        {
            stop.Cancel();
            changing.Join();
        }

        Skip.If(refusal is null && Environment.ProcessorCount == 1, "with one processor the list and the changes took turns");
        Assert.NotNull(refusal);
        Assert.True(refusal.NeedsRelist);
        Assert.Equal("EINTR", refusal.ErrnoName);
        Assert.Contains("list again", refusal.Message, StringComparison.Ordinal);

        // The socket is as good as before.
        c.DumpAddresses(addresses, AddressFamily.Inet);
        Assert.Equal(Addresses + 1, addresses.Count);
    });

    private static AddressMessage Address(int i) => AddressMessage.For(1, InetAddress.FromIPv4(0x0a000001u + (uint)i), 32);
}
