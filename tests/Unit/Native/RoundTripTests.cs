using NodeAgent.Native.Netlink;
using NodeAgent.Tests.Support.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

/// <summary>Every row of <see cref="Codec.All"/>: what is written is what is read.</summary>
public sealed class RoundTripTests
{
    private const int Seeds = 500;

    public static TheoryData<string> Names => [.. Codec.All.Select(codec => codec.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding_gives_back_what_was_encoded(string name)
    {
        var codec = Codec.All.Single(codec => codec.Name == name);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var expected = codec.Model(seed);
            var actual = codec.Create();
            actual.Decode(Codec.Encode(expected));
            Same(expected, actual, seed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_that_was_filled_before_keeps_nothing_of_it(string name)
    {
        var codec = Codec.All.Single(codec => codec.Name == name);
        var reused = codec.Create();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var expected = codec.Model(seed);
            reused.Decode(Codec.Encode(expected));
            Same(expected, reused, seed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unknown_attributes_are_skipped(string name)
    {
        var codec = Codec.All.Single(codec => codec.Name == name);
        for (var seed = 0; seed < 50; seed++)
        {
            var expected = codec.Model(seed);
            using var writer = new NetlinkWriter();
            expected.Encode(writer);
            writer.WriteBytes(0x3ffe, [1, 2, 3]);
            var actual = codec.Create();
            actual.Decode(writer.Written);
            Same(expected, actual, seed);
        }
    }

    /// <summary>The generator leaves each property out now and then; a property it never fills would test nothing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_generator_fills_more_than_the_header(string name)
    {
        var codec = Codec.All.Single(codec => codec.Name == name);
        var empty = Codec.Encode(codec.Create()).Length;
        Assert.All(Enumerable.Range(0, 20), seed => Assert.True(Codec.Encode(codec.Model(seed)).Length > empty));
    }

    private static void Same(INetlinkMessage expected, INetlinkMessage actual, int seed)
    {
        var difference = ModelComparer.Difference(expected, actual);
        Assert.True(difference is null, $"seed {seed}: {difference}");
    }
}
