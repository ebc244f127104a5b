using BenchmarkDotNet.Attributes;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Bench.Micro;

/// <summary>One link message, decoded into a model that is there and written into a buffer that is there. BenchmarkDotNet wants the class open and public.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private readonly LinkMessage _link = new LinkMessage
    {
        Index = 7,
        Name = "bond_data.20",
        Mtu = 9000,
        Link = 3,
        Group = 0,
        Address = MacAddress.Parse("02:00:00:00:00:01"),
        Data = new Vlan { Id = 20 },
    }.SetUp(true);

    private readonly LinkMessage _into = new();
    private readonly NetlinkWriter _writer = new();
    private byte[] _bytes = [];

    [GlobalSetup]
    public void Setup()
    {
        _link.Encode(_writer);
        _bytes = _writer.Written.ToArray();
    }

    [Benchmark]
    public int Decode()
    {
        _into.Decode(_bytes);
        return _into.Index;
    }

    [Benchmark]
    public int Write()
    {
        _writer.Clear();
        _link.Encode(_writer);
        return _writer.Length;
    }

    [GlobalCleanup]
    public void Cleanup() => _writer.Dispose();
}
