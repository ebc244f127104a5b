using NodeAgent.Metrics.Sampling;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Kernel;

namespace NodeAgent.Metrics.Links;

/// <summary>Lists links with their counters, and the VLANs of bridges that filter them, into a table. In steady state it allocates nothing.</summary>
internal sealed class LinkCollector(LinkTables tables, AttributeReader attributes, TimeProvider clock, PortDetails details) : ICollector, IDisposable
{
    // So that the first sample has most of what sysfs tells, within what a scrape waits.
    private static readonly TimeSpan s_attributePatience = TimeSpan.FromMilliseconds(250);

    // A table that was filled with this many links more than before left as much garbage as it holds.
    private const int ManyMore = 500;

    private readonly LinkIndex _index = new();
    private readonly List<LinkMessage> _links = [];
    private readonly List<LinkMessage> _ports = [];
    private NetlinkConnection? _connection;
    private int _settled;

    public string Name => "links";

    public void Collect()
    {
        // Here and not before: the thread's network namespace is what counts.
        _connection ??= NetlinkConnection.Open();
        var sampled = clock.GetTimestamp();
        _connection.DumpLinks(_links);
        var filters = _links.Exists(static link => link.Data is Native.Rtnl.Kinds.Bridge { VlanFiltering: true });
        if (filters) _connection.DumpBridgeVlans(_ports);
        else _ports.Clear();
        Fill(_links, _ports, sampled);
        if (_links.Count < _settled + ManyMore) return;
        _settled = _links.Count;
        Heap.GiveBack();
    }

    /// <summary>Makes a table of what was listed and shows it.</summary>
    internal void Fill(List<LinkMessage> links, List<LinkMessage> ports, long sampled)
    {
        _index.Update(links);
        attributes.Refresh(_index, links)?.Wait(s_attributePatience);
        var table = tables.Spare();
        table.Sampled = sampled;
        TableBuilder.Build(table, _index, links, ports, details);
        tables.Publish(table);
    }

    public void Dispose() => _connection?.Dispose();
}
