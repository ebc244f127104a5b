using System.Collections.Frozen;
using NodeAgent.Network.Health;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

public sealed class MacTableTests
{
    private const int Tap = 10, OtherTap = 11, Uplink = 2;
    private static readonly DateTimeOffset s_start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly MacKey s_guest = new(1, 0, 0x020000000001);
    private readonly MacTable _table = new() { OnlyUplinks = FrozenSet.Create(Uplink) };

    [Fact]
    public void What_is_only_heard_over_the_one_uplink_takes_no_room()
    {
        for (ulong mac = 0; mac < 100_000; mac++) _table.Learn(new MacKey(1, 0, mac), Uplink, s_start);
        Assert.Equal((0, false), (_table.Count, _table.IsFull));
    }

    [Fact]
    public void A_guest_that_comes_from_elsewhere_has_not_moved()
    {
        Assert.False(_table.Learn(s_guest, Uplink, s_start));
        Assert.False(_table.Learn(s_guest, Tap, s_start));
        Assert.False(_table.HasMoves);
    }

    [Fact]
    public void A_guest_that_leaves_moves_once()
    {
        _table.Learn(s_guest, Tap, s_start);
        Assert.True(_table.Learn(s_guest, Uplink, s_start));
        var moves = Assert.Single(_table.Moving(s_start));
        Assert.Equal((1, 0, 1L), (moves.LastMinute, moves.Returns, _table.Moves));
        Assert.Equal([Uplink, Tap], moves.Ports);
    }

    [Fact]
    public void Moves_there_and_back_are_counted()
    {
        _table.Learn(s_guest, Tap, s_start);
        for (var i = 1; i <= 5; i++) _table.Learn(s_guest, i % 2 == 0 ? Tap : Uplink, s_start.AddSeconds(i));
        var moves = Assert.Single(_table.Moving(s_start.AddSeconds(5)));
        Assert.Equal((5, 4), (moves.LastMinute, moves.Returns));
        moves = Assert.Single(_table.Moving(s_start.AddSeconds(63.5)));
        Assert.Equal((2, 4), (moves.LastMinute, moves.Returns));
    }

    [Fact]
    public void To_a_third_port_is_no_return()
    {
        _table.Learn(s_guest, Tap, s_start);
        _table.Learn(s_guest, OtherTap, s_start);
        _table.Learn(s_guest, Uplink, s_start);
        var moves = Assert.Single(_table.Moving(s_start));
        Assert.Equal((2, 0), (moves.LastMinute, moves.Returns));
        Assert.Equal([Uplink, Tap, OtherTap], moves.Ports);
    }

    [Fact]
    public void Moves_are_forgotten_after_ten_minutes_and_the_address_is_not()
    {
        _table.Learn(s_guest, Tap, s_start);
        _table.Learn(s_guest, Uplink, s_start);
        Assert.Single(_table.Moving(s_start.AddMinutes(9)));
        Assert.Empty(_table.Moving(s_start.AddMinutes(10)));
        Assert.Equal((1, false), (_table.Count, _table.HasMoves));
        Assert.True(_table.Learn(s_guest, Tap, s_start.AddMinutes(11)));
    }

    [Fact]
    public void An_address_that_aged_out_and_comes_in_elsewhere_has_not_moved()
    {
        _table.Learn(s_guest, Tap, s_start);
        _table.Forget(s_guest);
        Assert.Equal(0, _table.Count);
        Assert.False(_table.Learn(s_guest, OtherTap, s_start));

        // Remembered for its moves, then gone.
        _table.Learn(s_guest, Tap, s_start);
        _table.Forget(s_guest);
        Assert.False(_table.Learn(s_guest, OtherTap, s_start));
        _table.Forget(s_guest);
        Assert.Single(_table.Moving(s_start));
        Assert.Empty(_table.Moving(s_start.AddHours(1)));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_list_takes_the_place_of_what_was_known()
    {
        var gone = new MacKey(1, 20, 0x020000000002);
        _table.Learn(s_guest, Tap, s_start);
        _table.Learn(gone, Tap, s_start);
        _table.BeginList();
        Assert.True(_table.Learn(s_guest, Uplink, s_start));
        _table.EndList();
        Assert.Equal(1, _table.Count);
        Assert.False(_table.Learn(gone, Uplink, s_start));
    }

    [Fact]
    public void Beyond_its_bound_it_takes_no_more_and_goes_on_with_what_it_has()
    {
        for (ulong mac = 0; mac < MacTable.Most; mac++) _table.Learn(new MacKey(1, 0, mac), Tap, s_start);
        Assert.False(_table.IsFull);
        _table.Learn(s_guest, Tap, s_start);
        Assert.Equal((MacTable.Most, true), (_table.Count, _table.IsFull));
        Assert.True(_table.Learn(new MacKey(1, 0, 7), OtherTap, s_start));
    }

    [Fact]
    public void An_address_that_moves_all_the_time_costs_no_more_than_one_that_moved()
    {
        _table.Learn(s_guest, Tap, s_start);
        Assert.InRange(Allocated.By(() => Bounce(10_000)), 0, 1024);
        Assert.Equal(MoveHistory.Kept, Assert.Single(_table.Moving(s_start)).LastMinute);

        void Bounce(int times)
        {
            for (var i = 0; i < times; i++) _table.Learn(s_guest, i % 2 == 0 ? Uplink : Tap, s_start);
        }
    }
}
