using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>What is kept of a link from sample to sample: its labels, and what sysfs said.</summary>
internal sealed class LinkEntry(int index, string name, string label)
{
    private volatile LinkAttributes? _attributes;

    public int Index { get; } = index;

    /// <summary>As the kernel has it.</summary>
    public string Name { get; } = name;

    /// <summary>The value of the link label: the name, but for two whose names cannot be told apart as text.</summary>
    public string Label { get; } = label;

    public LabelSet Labels { get; } = new(("link", label));

    /// <summary>Written by the thread that reads sysfs.</summary>
    public LinkAttributes? Attributes
    {
        get => _attributes;
        set => _attributes = value;
    }

    /// <summary>The last sample it was in.</summary>
    public long Seen { get; set; }

    public AttributeKey? AttributesAsOf { get; set; }

    /// <summary>Its row among the bridges or bonds of the sample being made, or -1.</summary>
    public int BridgeRow { get; set; }

    public int BondRow { get; set; }

    public Cached<LinkFacts> Info;

    public Cached<BondFacts> BondInfo;

    public Cached<VlanFacts> VlanInfo;

    public Cached<PortFacts> Port;
}
