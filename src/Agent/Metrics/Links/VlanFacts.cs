using System.Globalization;
using NodeAgent.Metrics.Instruments;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Metrics.Links;

/// <summary>What nodeagent_vlan_info says of a VLAN link.</summary>
internal readonly record struct VlanFacts(string Link, string Base, ushort Id, ushort Protocol) : ILabelFacts
{
    public static readonly string[] LabelNames = ["link", "base", "id", "protocol"];

    public LabelSet ToLabels() => new(
        ("link", Link),
        ("base", Base),
        ("id", Id.ToString(CultureInfo.InvariantCulture)),
        ("protocol", Protocol == Vlan.Protocol8021Ad ? "802.1ad" : "802.1q"));
}
