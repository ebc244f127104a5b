using NodeAgent.Metrics.Instruments;
using NodeAgent.Network.Health;

namespace NodeAgent.Metrics.Daemon;

/// <summary>What is heard of MAC addresses on bridges.</summary>
internal static class LinkHealthMetrics
{
    /// <param name="metrics">Where it is shown.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="forwarding">Who listens; null: nobody, since there was no bridge yet.</param>
    public static void Add(MetricRegistry metrics, HealthFacts facts, Func<ForwardingWatch?> forwarding)
    {
        metrics.Observe("nodeagent_mac_conflicts", MetricType.Gauge, "MAC addresses that two guests, or a guest and an uplink, claim, or that move between ports again and again.", () => facts.Macs.Count);
        metrics.Observe("nodeagent_mac_moves_total", MetricType.Counter, "Moves of guests' MAC addresses between ports of a bridge; a guest that migrates moves once.", () => forwarding()?.Moves ?? 0);
        metrics.Observe("nodeagent_mac_addresses", MetricType.Gauge, "MAC addresses on bridges whose moves are watched.", () => forwarding()?.Addresses ?? 0);
        metrics.Observe("nodeagent_mac_overflows_total", MetricType.Counter, "How often messages about MAC addresses were lost and all were listed anew.", () => forwarding()?.Overflows ?? 0);
    }
}
