using System.Globalization;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Show;

/// <summary>The ports of bonds, with what LACP agreed on.</summary>
public static class BondText
{
    // Where not all fit, what tells least of a fault goes first; `net show BOND` has all.
    private static readonly FittedColumn[] s_columns =
    [
        new("BOND", FittedTable.Always), new("PORT", FittedTable.Always), new("LINK", 7), new("SPEED", 1), new("AGGREGATOR", 3), new("ACTOR", 5), new("PARTNER", 6), new("PARTNER MAC", 4), new("FAILURES", 2),
    ];

    /// <summary>A line for each port of each bond; nothing where there is no bond with ports, or nothing is known of them.</summary>
    public static void Write(Invocation run, NetworkView view)
    {
        var bonds = view.Snapshot.Links.Values.Where(static l => l.Type == InterfaceType.Bond).OrderBy(static l => l.Name, Comparer<string>.Create(NaturalOrder.Compare));
        var table = new FittedTable(s_columns);
        foreach (var bond in bonds)
        {
            foreach (var port in view.UplinksOf(bond.Name))
            {
                if (port.BondPort is not { } state) continue;
                table.Add(
                [
                    bond.Name,
                    port.Name,
                    LinkWords.Monitor(port, state, run.Style),
                    state.Detail?.Speed is { } speed ? LinkSpeed.Text(speed) : "-",
                    Aggregator(bond, state, run.Style),
                    Lacp(state.Actor, run.Style),
                    Lacp(state.Partner, run.Style),
                    state.Detail?.PartnerMac ?? "-",
                    state.LinkFailures.ToString(CultureInfo.InvariantCulture),
                ]);
            }
        }

        if (table.Count == 0) return;
        run.Out.WriteLine();
        run.Out.WriteLine(run.Style.Head("Ports of bonds"));
        table.Write(run.Out, run.Style, run.Settings.Width, "  ");
    }

    /// <summary>`net show BOND`: what the bond does, and each port in full.</summary>
    public static void AddFacts(TextTable facts, NetworkView view, LinkState bond, Style style)
    {
        if (bond.Bond is { } status)
        {
            if (status.ActivePort is { } active) facts.Add("active port", active);
            if (status.Aggregator is { } aggregator) facts.Add("active aggregator", $"{aggregator}, {Plural.Of(status.AggregatorPorts ?? 0, "port")}, key {status.ActorKey}, partner {status.PartnerMac} key {status.PartnerKey}");
        }

        foreach (var port in view.UplinksOf(bond.Name)) AddPort(facts, port, bond, style);
    }

    /// <summary>`net show PORT`.</summary>
    public static void AddPort(TextTable facts, LinkState port, LinkState? bond, Style style)
    {
        if (port.BondPort is not { } state) return;
        var words = new List<string> { LinkWords.Monitor(port, state, style).Text, state.Active ? "active" : "backup" };
        if (state.Detail?.Speed is { } speed) words.Add(LinkSpeed.Text(speed));
        if (state.Detail?.Duplex is { } duplex) words.Add($"{duplex} duplex");
        if (state.Aggregator is { } aggregator) words.Add($"aggregator {aggregator}{(bond?.Bond?.Aggregator == aggregator ? "" : " (not the active one)")}");
        words.Add($"{Plural.Of((int)Math.Min(state.LinkFailures, int.MaxValue), "failure")}{(state.Detail?.RecentFailures is > 0 and var recent ? $", {recent} within ten minutes" : "")}");
        facts.Add($"port {port.Name}", string.Join(", ", words));
        if (state.Actor is { } actor) facts.Add("  actor", Words(actor, state.Detail?.ActorChurn, state.Detail?.ActorChurns));
        if (state.Partner is not { } partner) return;
        var who = state.Detail is { PartnerMac: { } mac } detail ? $"{mac} key {detail.PartnerKey} port {detail.PartnerPort}: " : "";
        facts.Add("  partner", who + Words(partner, state.Detail?.PartnerChurn, state.Detail?.PartnerChurns));
    }

    private static string Words(LacpState state, ChurnState? churn, int? churns)
    {
        var words = state == LacpState.None ? "none" : string.Join(" ", LacpWords.Of(state));
        if (churn is null or ChurnState.Unknown) return words;
        return $"{words}; churn: {LacpWords.Of(churn.Value)}{(churns > 0 ? $" ({churns} so far)" : "")}";
    }

    private static Cell Aggregator(LinkState bond, BondPortStatus port, Style style)
    {
        if (port.Aggregator is not { } aggregator) return new Cell("-", null);
        var isActive = bond.Bond?.Aggregator == aggregator;
        return new Cell(string.Create(CultureInfo.InvariantCulture, $"{aggregator}{(isActive ? " active" : "")}"), isActive ? style.Good : style.Warn);
    }

    private static Cell Lacp(LacpState? state, Style style)
    {
        if (state is not { } known) return new Cell("-", null);
        return new Cell(LacpWords.Short(known), LacpWords.IsAgreed(known) ? style.Good : style.Warn);
    }
}
