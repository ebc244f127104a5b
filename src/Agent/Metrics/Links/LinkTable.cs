using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>One sample of all links. Holds still while a scrape has it; filled anew when none has.</summary>
internal sealed class LinkTable(LinkTables owner) : IMetricSnapshot
{
    public Rows<LinkRow> Links { get; } = new();

    public Rows<BridgeRow> Bridges { get; } = new();

    public Rows<PortRow> BridgePorts { get; } = new();

    public Rows<BondRow> Bonds { get; } = new();

    public Rows<PortRow> BondPorts { get; } = new();

    public Rows<VlanRow> Vlans { get; } = new();

    /// <summary>When it was read.</summary>
    public long Sampled { get; set; }

    /// <summary>Scrapes that have it; the owner's lock guards it.</summary>
    internal int Users { get; set; }

    public void Clear()
    {
        Links.Clear();
        Bridges.Clear();
        BridgePorts.Clear();
        Bonds.Clear();
        BondPorts.Clear();
        Vlans.Clear();
    }

    public int Count(int family) => LinkFamilies.All[family].Count(this);

    public void Write(int family, int index, MetricSink sink) => LinkFamilies.All[family].Write(this, index, sink);

    public void Dispose() => owner.Return(this);
}
