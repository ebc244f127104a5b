using System.Text;
using NodeAgent.Migration.Guests.Parsing;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Guests;

public sealed class ProcessStatTests
{
    private const string Rest = " 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 5 0 987654 1000000 200 18446744073709551615 1 1\n";

    [Theory]
    [InlineData("4711 (qemu-kvm) S" + Rest, 'S', false)]
    [InlineData("4711 (a b) R (x) Z) Z" + Rest, 'Z', true)]
    [InlineData("4711 ()\n) (() R" + Rest, 'R', false)]
    public void A_name_may_hold_spaces_and_parentheses(string text, char state, bool ended)
    {
        Assert.True(ProcessStat.TryParse(Encoding.UTF8.GetBytes(text), out var stat));
        Assert.Equal((state, 987654UL, ended), (stat.State, stat.StartTicks, stat.HasEnded));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711 (qemu-kvm)")]
    [InlineData("4711 (qemu-kvm) S 1 2 3")]
    [InlineData("4711 (q) S 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 5 0 98x654 1\n")]
    [InlineData("4711 (q) S 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 5 0 99999999999999999999999 1\n")]
    public void What_is_cut_short_is_none(string text) => Assert.False(ProcessStat.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
