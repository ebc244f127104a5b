using NodeAgent.Native.Netlink;
using NodeAgent.Tests.Support.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

/// <summary>Decoding again what was decoded before allocates nothing: the budget is zero bytes.</summary>
public sealed class AllocationTests
{
    private const int Messages = 4000;
    private const int Attempts = 5;

    public static TheoryData<string> Names => [.. Codec.All.Select(codec => codec.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding_a_dump_into_the_same_models_allocates_nothing(string name)
    {
        var codec = Codec.All.Single(codec => codec.Name == name);
        using var writer = new NetlinkWriter();
        for (var seed = 0; seed < Messages; seed++)
        {
            var message = writer.BeginMessage(16, MessageFlags.Multi);
            codec.Model(seed).Encode(writer);
            writer.EndMessage(message);
        }

        var models = Enumerable.Range(0, Messages).Select(_ => codec.Create()).ToArray();
        DecodeAll(writer.Written, models);

        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var decoded = DecodeAll(writer.Written, models);
            // The runtime now and then counts something of its own, such as a method compiled anew.
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(Messages, decoded);
        }

        Assert.Equal(0, least);
    }

    private static int DecodeAll(ReadOnlySpan<byte> dump, INetlinkMessage[] models)
    {
        var reader = new MessageReader(dump);
        var count = 0;
        while (reader.Next())
            models[count++].Decode(reader.Payload);
        return count;
    }
}
