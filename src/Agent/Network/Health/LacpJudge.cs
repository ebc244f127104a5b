using NodeAgent.Network.Model;
using static NodeAgent.Network.Health.BondJudge;

namespace NodeAgent.Network.Health;

/// <summary>What LACP says of a bond in mode 802.3ad.</summary>
internal static class LacpJudge
{
    private const string NoAddress = "00:00:00:00:00:00";

    /// <param name="bond">The bond.</param>
    /// <param name="up">Its ports that could carry traffic.</param>
    /// <param name="found">Takes what is to be said.</param>
    public static void Judge(BondCase bond, List<LinkState> up, List<Finding> found)
    {
        var known = up.Where(static p => p.BondPort?.Actor is not null).ToList();
        var silent = known.Where(static p => IsExpired(p)).ToList();
        var alone = known.Where(static p => !IsExpired(p) && HasNoPartner(p.BondPort!)).ToList();
        var heard = known.Except(silent).Except(alone).ToList();
        if (alone.Count > 0) found.Add(NoPartner(alone, heard));
        if (silent.Count > 0)
            found.Add(Warn(BondWords.Expired, $"no longer hears its LACP partner on {Names(silent)} (expired); check the switch port{(silent.Count == 1 ? "" : "s")} and that LACP runs there"));
        var groups = heard.GroupBy(static p => p.BondPort!.Aggregator).OrderByDescending(g => g.Key == bond.Bond.Bond?.Aggregator).ToList();
        if (groups.Count > 1) found.Add(Split(groups.ConvertAll(static g => g.ToList()), bond));
        if (groups.Count > 0) Agreement(groups[0], found);
    }

    private static bool IsExpired(LinkState port) => port.BondPort!.Actor!.Value.HasFlag(LacpState.Expired);

    // Without the file's word, defaulted is all there is: the receive machine gave up and took default values.
    private static bool HasNoPartner(BondPortStatus port) =>
        port.Actor!.Value.HasFlag(LacpState.Defaulted) || port.Detail?.PartnerMac == NoAddress;

    private static Finding NoPartner(List<LinkState> alone, List<LinkState> heard)
    {
        if (heard.Count > 0)
            return Warn(BondWords.PartnerMissing, $"has no LACP partner on {Names(alone)}, which carr{(alone.Count == 1 ? "ies" : "y")} no traffic; check that the switch has {(alone.Count == 1 ? "this port" : "these ports")} in one LACP group with {Names(heard)}");
        var used = alone.Where(static p => p.BondPort!.Active).ToList();
        var over = used.Count > 0 ? $"{Names(used)} carries everything, unaggregated" : "nothing is aggregated";
        return Critical(BondWords.NoPartner, $"has no LACP partner on any port: {over}; check that the switch ports are in an LACP group");
    }

    // The first group is the active aggregator's.
    private static Finding Split(List<List<LinkState>> groups, BondCase bond)
    {
        var carries = bond.Bond.Bond?.Aggregator == groups[0][0].BondPort!.Aggregator ? $"only {Names(groups[0])} carr{(groups[0].Count == 1 ? "ies" : "y")} traffic" : "only one of them carries traffic";
        if (Differ(groups, static p => p.BondPort!.Detail?.PartnerMac) is { } macs)
        {
            var count = macs.Distinct().Count();
            var switches = count == 2 ? "two" : $"{count}";
            return Warn(BondWords.Split, $"sees {switches} different switches: {Each(groups, macs)}; {carries}: cable all ports to one switch, or make them one LACP system (MLAG, vPC)");
        }

        if (Differ(groups, static p => p.BondPort!.Detail?.Speed is { } speed ? LinkSpeed.Text(speed) : null) is { } speeds)
            return Warn(BondWords.MixedSpeeds, $"mixes speeds: {Each(groups, speeds)}; LACP aggregates ports of one speed, {carries}: give all ports one speed");
        if (Differ(groups, static p => p.BondPort!.Detail?.PartnerKey?.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { } keys)
            return Warn(BondWords.Split, $"is in different LACP groups of its switch: key {Each(groups, keys)}; {carries}: put the switch ports into one group");
        var ids = groups.ConvertAll(static g => g[0].BondPort!.Aggregator?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?");
        return Warn(BondWords.Split, $"is split over {groups.Count} aggregators: {Each(groups, ids)}; {carries}: check that the switch ports are in one LACP group");
    }

    // The value of each group, where all are known and they are not all the same.
    private static List<string>? Differ(List<List<LinkState>> groups, Func<LinkState, string?> value)
    {
        var values = groups.ConvertAll(g => value(g[0]));
        return values.TrueForAll(static v => v is not null) && values.Distinct().Count() > 1 ? values.ConvertAll(static v => v!) : null;
    }

    private static string Each(List<List<LinkState>> groups, List<string> values) => string.Join(", ", groups.Select((g, i) => $"{values[i]} on {Names(g)}"));

    private static void Agreement(IEnumerable<LinkState> ports, List<Finding> found)
    {
        foreach (var port in ports)
        {
            var state = port.BondPort!;
            if (state.Partner is not { } partner || LacpWords.IsAgreed(state)) continue;
            var churned = state.Detail is { ActorChurn: ChurnState.Churned } or { PartnerChurn: ChurnState.Churned } ? ", for more than a minute (churned)" : "";
            var sentence = LacpWords.IsAgreed(partner)
                ? $"is not in sync on {port.Name}: this end is {LacpWords.Short(state.Actor!.Value)}{churned}; check its speed and duplex, and what the kernel's log says of it"
                : $"is not in sync on {port.Name}: its partner is {LacpWords.Short(partner)}{churned}; check the LACP group at the switch: its members, their speed and their VLANs";
            found.Add(Warn(BondWords.NotInSync, sentence));
        }
    }
}
