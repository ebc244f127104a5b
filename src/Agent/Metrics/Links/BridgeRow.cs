using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>A bridge in a sample.</summary>
internal struct BridgeRow
{
    public LabelSet Labels;
    public int Ports;
    public int Guests;
    public bool Filters;

    /// <summary>VLANs on the bridge itself.</summary>
    public int Vlans;
}
