using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Verdicts;

namespace NodeAgent.Network.Health;

/// <summary>What is to be said of a bond, the worst first. A pure function; what LACP says of it is in <see cref="LacpJudge"/>.</summary>
public static class BondJudge
{
    /// <summary>Failures of a port within the time of <see cref="BondPortDetail.RecentFailures"/> from which it flaps.</summary>
    public const int FlapFailures = 3;

    public static IReadOnlyList<Finding> Judge(BondCase bond)
    {
        if (bond.Ports.Count == 0)
            return bond.IsWanted || bond.Bond.Up ? [Warn(BondWords.NoPorts, "has no ports: nothing is sent or received over it; name its ports in a policy")] : [];
        if (!bond.Bond.Up) return bond.MayBeDown ? [] : [Warn(BondWords.Down, "is down (administratively)")];
        var found = new List<Finding>();
        Carrier(bond, found);
        var up = bond.Ports.Where(IsUp).ToList();
        if (bond.IsLacp) LacpJudge.Judge(bond, up, found);
        Speeds(bond, up, found);
        Redundancy(bond, found);
        Notes(bond, up, found);
        return [.. found.OrderByDescending(static f => f.Severity)];
    }

    /// <summary>A port that could carry traffic.</summary>
    internal static bool IsUp(LinkState port) => port is { Up: true, Carrier: true } && port.BondPort?.Monitor is not (LinkMonitorState.Down or LinkMonitorState.ComingBack);

    internal static string Names(IEnumerable<LinkState> ports) => string.Join(", ", ports.Select(static p => p.Name));

    internal static Finding Warn(string state, string sentence) => new(state, Severity.Warning, sentence);

    internal static Finding Critical(string state, string sentence) => new(state, Severity.Critical, sentence);

    private static void Carrier(BondCase bond, List<Finding> found)
    {
        var bad = bond.Ports.Where(static p => !IsUp(p)).ToList();
        var why = string.Join(", ", bad.Select(Why));
        if (bad.Count == bond.Ports.Count)
        {
            found.Add(Critical(BondWords.CutOff, $"is cut off: {why}; check the cables and the switch"));
            return;
        }

        if (bad.Count > 0)
            found.Add(Warn(BondWords.PortDown, $"has {bond.Ports.Count - bad.Count} of {bond.Ports.Count} ports carrying traffic: {why}; check {(bad.Count == 1 ? "its cable and switch port" : "their cables and switch ports")}"));
        if (bond.Bond.Carrier) return;
        var wanted = bond.IsLacp ? bond.Option(BondFields.MinLinks) ?? 0 : 0;
        if (wanted > bond.Ports.Count)
            found.Add(Critical(BondWords.MinLinks, $"can have no carrier: min_links wants {wanted} ports and it has {bond.Ports.Count}; lower min_links or add ports"));
        else if (bond.Bond.Bond?.AggregatorPorts is { } have && have < wanted)
            found.Add(Critical(BondWords.MinLinks, $"has no carrier: {have} of its ports carry traffic together and min_links wants {wanted}; bring the others back or lower min_links"));
        else
            found.Add(Critical(BondWords.NoCarrier, "has no carrier, although its ports have: it waits for its partner (LACP) or for min_links"));
    }

    private static string Why(LinkState port) => port switch
    {
        { Up: false } => $"{port.Name} is down",
        { Carrier: false } => $"{port.Name} has no carrier",
        { BondPort.Monitor: LinkMonitorState.ComingBack } => $"{port.Name} waits for the up delay",
        _ => $"{port.Name} does not answer the bond's monitoring",
    };

    private static void Speeds(BondCase bond, List<LinkState> up, List<Finding> found)
    {
        var half = up.Where(static p => p.BondPort?.Detail?.Duplex == "half").ToList();
        if (half.Count > 0)
            found.Add(Warn(BondWords.HalfDuplex, $"runs {Names(half)} at half duplex; check autonegotiation at both ends of the cable"));
        var known = up.Where(static p => p.BondPort?.Detail?.Speed is not null).ToList();
        if (known.Select(static p => p.BondPort!.Detail!.Speed).Distinct().Count() < 2 || found.Any(static f => f.State == BondWords.MixedSpeeds)) return;
        var speeds = string.Join(", ", known.Select(static p => $"{p.Name} {LinkSpeed.Text(p.BondPort!.Detail!.Speed!.Value)}"));
        // A slower backup is often meant; ports that share the traffic get equal shares of it.
        found.Add(bond.Mode == BondMode.ActiveBackup
            ? new Finding(BondWords.Note, Severity.Ok, $"mixes speeds: {speeds}; a failover changes what guests get")
            : Warn(BondWords.MixedSpeeds, $"mixes speeds: {speeds}; traffic is spread without regard to speed, so the slowest port drops first: give all ports one speed"));
    }

    private static void Redundancy(BondCase bond, List<Finding> found)
    {
        foreach (var port in bond.Ports.Where(static p => p.BondPort?.Detail?.RecentFailures >= FlapFailures))
        {
            found.Add(Warn(BondWords.Flapping, $"flaps: {port.Name} failed {port.BondPort!.Detail!.RecentFailures} times within ten minutes; check its cable, transceiver and switch port"));
        }

        if (bond.Option(BondFields.Miimon) == 0 && bond.Option(BondFields.ArpInterval) is null or 0)
            found.Add(Warn(BondWords.NotMonitored, "watches no port (miimon and arp_interval are 0): a dead port keeps its share of the traffic; set miimon: 100"));
        if (bond.Ports.Count == 1)
            found.Add(Warn(BondWords.SinglePort, $"has one port, {bond.Ports[0].Name}: nothing takes over when it fails; add a second one"));
    }

    private static void Notes(BondCase bond, List<LinkState> up, List<Finding> found)
    {
        if (bond.IsLacp && bond.Option(BondFields.LacpRate) == 0)
            found.Add(new Finding(BondWords.Note, Severity.Ok, "notices a silent partner after 90 s (lacp_rate: slow); fast takes 3 s"));
        if (up.Count < 2 || bond.IsBridged || bond.Mode is not (BondMode.Lacp or BondMode.BalanceXor)) return;
        // One host and one gateway: one pair of MAC addresses, so one port for everything that is routed.
        if (bond.Option(BondFields.XmitHashPolicy) is Layer2 or VlanSourceMac)
        {
            var policy = BondFields.XmitHashPolicy.Format(bond.Bond.Fields[BondFields.XmitHashPolicy]!.Value);
            found.Add(new Finding(BondWords.Note, Severity.Ok, $"sends all traffic to one gateway over one port (xmit_hash_policy: {policy}); layer2+3 or layer3+4 spread it by address"));
        }
    }

    // BOND_XMIT_POLICY_… of linux/if_bonding.h, as BondFields numbers its choices.
    private const long Layer2 = 0;
    private const long VlanSourceMac = 5;
}
