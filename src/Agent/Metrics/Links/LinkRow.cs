using NodeAgent.Native.Rtnl;

namespace NodeAgent.Metrics.Links;

/// <summary>A link in a sample.</summary>
internal struct LinkRow
{
    public LinkEntry Entry;

    /// <summary>The labels of its info at that time.</summary>
    public Instruments.LabelSet Info;
    public LinkStatistics Statistics;
    public uint CarrierChanges;
    public uint CarrierUps;
    public uint CarrierDowns;
    public uint Flags;
    public uint Group;
    public uint Mtu;
    public uint QueueLength;
    public int Link;
    public ushort HardwareType;
    public byte LinkMode;
    public bool HasStatistics;
    public bool HasCarrierCounts;
    public bool Carrier;
    public bool Dormant;
    public bool Up;
}
