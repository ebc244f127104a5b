using NodeAgent.Metrics.Instruments;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Metrics.Links;

/// <summary>A port of a bridge or bond in a sample.</summary>
internal struct PortRow
{
    /// <summary>Controller and link.</summary>
    public LabelSet Labels;
    public int Vlans;
    public bool Up;
    public bool Active;
    public uint Failures;
    public int Aggregator;
    public LacpPortState? Actor;
    public LacpPortState? Partner;

    /// <summary>An end stayed out of sync; null where not known.</summary>
    public bool? Churned;
}
