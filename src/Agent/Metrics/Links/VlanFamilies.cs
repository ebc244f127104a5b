using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>VLAN links.</summary>
internal static class VlanFamilies
{
    public static readonly TableFamily[] All =
    [
        new RowFamily<VlanRow>(
            new MetricFamily("nodeagent_vlan_info", MetricType.Info, "Link a VLAN sits on, its id and its protocol.", VlanFacts.LabelNames),
            static table => table.Vlans, static (in VlanRow row, MetricSink sink) => sink.Value(row.Info, 1L)),
    ];
}
