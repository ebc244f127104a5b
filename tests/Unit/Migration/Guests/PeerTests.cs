using System.Text;
using NodeAgent.Migration.Guests.Parsing;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Guests;

public sealed class PeerTests
{
    // Ours are the sockets 1 to 9.
    private static readonly HashSet<ulong> s_own = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    private const string Head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    [Fact]
    public void Both_tables_of_the_kernel_are_read()
    {
        var sockets = new List<TcpSocket>();
        TcpTable.Parse(Encoding.ASCII.GetBytes(Head + Line("0A00020F:C350", "0B00020A:C000", "01", 1)), sockets);
        TcpTable.Parse(Encoding.ASCII.GetBytes(Head + Line("B80D0120000000000000000001000000:C350", "0000000000000000FFFF00000B00020A:C000", "0A", 12)), sockets);
        Assert.Equal(["15.2.0.10:50000 10.2.0.11:49152 Established 1", "[2001:db8::1]:50000 10.2.0.11:49152 Listen 12"], sockets.Select(static s => $"{s.Local} {s.Remote} {s.State} {s.Inode}"));
    }

    [Theory]
    [InlineData("10.2.0.11")]
    [InlineData("10.2.0.11", "0A00020A:C351 0B00020A:C001 01 2")]
    [InlineData(null, "0A00020A:C351 0C00020A:C001 01 2")]
    [InlineData("10.2.0.11", "0A00020A:C351 0C00020A:C001 01 77")]
    [InlineData("10.2.0.11", "0A00020A:C351 0C00020A:C001 06 2")]
    [InlineData("10.2.0.11", "00000000:170C 00000000:0000 0A 3", "0A00020A:170C 0C00020A:9999 01 4")]
    [InlineData("10.2.0.11", "0A00020A:C351 0C00020A:0CBC 01 2")]
    [InlineData("10.2.0.11", "0A00020A:C351 2100020A:1A85 01 2")]
    public void One_address_is_the_peer_and_several_are_none(string? peer, params string[] beside)
    {
        var sockets = new List<TcpSocket>();
        var lines = beside.Append("0A00020A:C350 0B00020A:C000 01 1").Select(static text => text.Split(' ')).Select(static p => Line(p[0], p[1], p[2], int.Parse(p[3], System.Globalization.CultureInfo.InvariantCulture)));
        TcpTable.Parse(Encoding.ASCII.GetBytes(Head + string.Concat(lines)), sockets);
        Assert.Equal(peer, PeerRule.Choose(sockets, s_own, "-drive file=rbd:pool/x:mon_host=10.2.0.33")?.ToString());
    }

    [Fact]
    public void An_address_that_the_command_line_names_is_a_disks_and_one_that_only_begins_so_is_not()
    {
        var sockets = new List<TcpSocket>();
        TcpTable.Parse(Encoding.ASCII.GetBytes(Head + Line("0A00020A:C350", "0B00020A:C000", "01", 1)), sockets);
        Assert.Null(PeerRule.Choose(sockets, s_own, "-blockdev {\"host\":\"10.2.0.11\"}"));
        Assert.Equal("10.2.0.11", PeerRule.Choose(sockets, s_own, "-blockdev {\"host\":\"10.2.0.111\"}")?.ToString());
    }

    [Fact]
    public void A_destination_on_the_same_host_is_found_though_its_command_line_names_the_address()
    {
        var sockets = new List<TcpSocket>();
        TcpTable.Parse(Encoding.ASCII.GetBytes(Head + Line("0100007F:C000", "0100007F:D000", "01", 1)), sockets);
        Assert.Equal("127.0.0.1", PeerRule.Choose(sockets, s_own, "-incoming tcp:127.0.0.1:49152")?.ToString());
    }

    private static string Line(string local, string remote, string state, int inode) =>
        $"   0: {local} {remote} {state} 00000000:00000000 00:00000000 00000000     0        0 {inode} 1 0000000000000000 100 0 0 10 0\n";
}
