using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Exposition;
using NodeAgent.Metrics.Links;
using NodeAgent.Network.Kernel;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Metrics;

/// <summary>From the kernel's own list of links to the lines a scraper gets.</summary>
public sealed class LinkMetricsTests
{
    [SkippableFact]
    public void A_bridge_counts_its_ports_and_guests()
    {
        KernelSupport.Require("bridge", "veth", "macvlan");
        Check(
            """
            link add br0 type bridge
            link add guest type veth peer name far
            link add low type veth peer name lower
            link add mv0 link low type macvlan mode bridge
            link set guest master br0
            link set mv0 master br0

            """,
            "nodeagent_bridge_ports{link=\"br0\"} 2",
            "nodeagent_bridge_guest_ports{link=\"br0\"} 1",
            "nodeagent_bridge_vlan_filtering{link=\"br0\"} 0");
    }

    [SkippableFact]
    public void A_filtering_bridge_counts_the_VLANs_of_its_ports()
    {
        KernelSupport.Require("bridge", "veth", KernelSupport.VlanFiltering);
        Check(
            "link add br0 type bridge vlan_filtering 1\nlink add guest type veth peer name far\nlink set guest master br0\n",
            "nodeagent_bridge_vlan_filtering{link=\"br0\"} 1",
            "nodeagent_bridge_vlans{link=\"br0\"} 1",
            "nodeagent_bridge_port_vlans{bridge=\"br0\",link=\"guest\"} 1");
    }

    [SkippableFact]
    public void A_bond_counts_its_ports_and_those_that_are_up()
    {
        KernelSupport.Require("bond", "veth", "vlan");
        Check(
            """
            link add bond0 type bond mode active-backup miimon 100 min_links 1
            link add p1 type veth peer name far1
            link add p2 type veth peer name far2
            link set p1 master bond0
            link set p2 master bond0
            link set bond0 up
            link set far1 up
            link add link bond0 name bond0.20 type vlan id 20

            """,
            "nodeagent_bond_info{link=\"bond0\",mode=\"active-backup\",partner=\"\"} 1",
            "nodeagent_bond_ports{link=\"bond0\"} 2",
            "nodeagent_bond_ports_up{link=\"bond0\"} 1",
            "nodeagent_bond_min_links{link=\"bond0\"} 1",
            "nodeagent_bond_port_up{bond=\"bond0\",link=\"p1\"} 1",
            "nodeagent_bond_port_up{bond=\"bond0\",link=\"p2\"} 0",
            "nodeagent_vlan_info{link=\"bond0.20\",base=\"bond0\",id=\"20\",protocol=\"802.1q\"} 1");
    }

    // What a bond's monitoring sees comes a moment after the links are up.
    private static void Check(string links, params string[] lines) => NetworkNamespace.Run(() =>
    {
        Command.Feed(links, "ip", "-batch", "-");
        var registry = new MetricRegistry();
        var tables = new LinkTables();
        registry.Add(new LinkSource(tables, TimeSpan.FromHours(1), TimeProvider.System));
        using var attributes = new AttributeReader("/nonexistent", TimeProvider.System, NullLogger.Instance);
        using var collector = new LinkCollector(tables, attributes, TimeProvider.System, new PortDetails());
        var text = "";
        SpinWait.SpinUntil(() => lines.All((text = Scrape(registry, collector)).Contains), TimeSpan.FromSeconds(60));
        foreach (var line in lines) Assert.Contains(line + "\n", text, StringComparison.Ordinal);
    });

    private static string Scrape(MetricRegistry registry, LinkCollector collector)
    {
        collector.Collect();
        using var stream = new MemoryStream();
        using var scrape = new Scrape();
        scrape.RunAsync(registry, PipeWriter.Create(stream), ExpositionFormat.Text).AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
