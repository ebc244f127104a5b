using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>A VLAN link in a sample.</summary>
internal struct VlanRow
{
    public LabelSet Info;
}
