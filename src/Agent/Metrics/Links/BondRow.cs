using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>A bond in a sample.</summary>
internal struct BondRow
{
    public LabelSet Labels;
    public LabelSet Info;
    public int Ports;
    public int PortsUp;
    public uint MinLinks;
    public int AggregatorPorts;
}
