using NodeAgent.Hosting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Unit.Migration.Sampling;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>What /readyz and `status` say of guests.</summary>
public sealed class MigrationReadinessTests
{
    private static readonly GuestState s_refused = new(SamplerHouse.Guest(2) with { Name = "a\nb" }, GuestSourceKind.Proc) { IsUnreadable = true, Limitation = "its only monitor, /run/a, is left to whoever runs it" };

    [Theory]
    [InlineData(0, "no guests run here")]
    [InlineData(1, "1 guest is followed")]
    [InlineData(12, "12 guests are followed")]
    public void Guests_that_are_followed_are_counted(int count, string expected) => Assert.Equal(expected, MigrationReadiness.Sentence([.. Enumerable.Repeat(Read(), count)]));

    [Fact]
    public void One_that_is_not_is_named_with_the_reason_and_its_name_is_escaped()
    {
        Assert.Equal("1 of 2 guests is followed; default/a\\nb is not: its only monitor, /run/a, is left to whoever runs it", MigrationReadiness.Sentence([Read(), s_refused]));
        Assert.Equal("2 of 4 guests are followed; default/a\\nb is not: its only monitor, /run/a, is left to whoever runs it (and 1 more: nodeagent migration list --guests)", MigrationReadiness.Sentence([Read(), s_refused, Read(), s_refused]));
        Assert.Equal("0 of 1 guests are followed", MigrationReadiness.Sentence([new GuestState(SamplerHouse.Guest(1), GuestSourceKind.Proc)]));
    }

    [Fact]
    public void It_is_told_once_the_node_was_looked_over_and_at_each_change()
    {
        using var house = new SamplerHouse();
        var told = new List<string>();
        house.Store.GuestsChanged += guests => told.Add(MigrationReadiness.Sentence(guests));
        house.Come(SamplerHouse.Guest(1));
        Assert.Empty(told);
        house.Sampler.LookedOver();
        house.Sampler.Left(SamplerHouse.Guest(1).Process);
        Assert.Equal(["1 guest is followed", "no guests run here"], told);
    }

    private static GuestState Read() => new(SamplerHouse.Guest(1), GuestSourceKind.Qmp);
}
