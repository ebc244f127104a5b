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

    /// <summary>Aggregators that ports with a link are in, as bits: the kernel numbers them from 1, one for each port.</summary>
    public ulong Aggregators;

    /// <summary>Of a port with a link, in bytes per second; 0: none is known.</summary>
    public long Speed;
    public bool MixedSpeeds;
}
