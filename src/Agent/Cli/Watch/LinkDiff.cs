using NodeAgent.Cli.Show;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Watch;

/// <summary>The fields in which two states of a link differ.</summary>
public static class LinkDiff
{
    public static void Add(string name, LinkState? before, LinkState? now, List<LinkChange> changes)
    {
        if (before is null || now is null || before.Index != now.Index)
        {
            if (before is not null) changes.Add(new LinkChange(name, "link", before.Type.ToText(), null));
            if (now is not null) changes.Add(new LinkChange(name, "link", null, now.Type.ToText()));
            if (now is null) return;
            before = new LinkState { Name = name, Index = now.Index, Type = now.Type, OperState = now.OperState, Bond = now.Bond, BondPort = now.BondPort, Fields = now.Fields, PortOptions = now.PortOptions, Vlans = now.Vlans };
        }

        Compare(name, "state", before.Up ? "up" : "down", now.Up ? "up" : "down", changes);
        Compare(name, "carrier", before.Carrier ? "yes" : "no", now.Carrier ? "yes" : "no", changes);
        Compare(name, "operational", before.OperState, now.OperState, changes);
        Compare(name, "controller", before.Controller, now.Controller, changes);
        Fields(name, before.Fields, now.Fields, changes);
        Fields(name, before.PortOptions, now.PortOptions, changes);
        Bond(name, before.Bond, now.Bond, changes);
        BondPort(name, before.BondPort, now.BondPort, changes);
        Compare(name, "vlans", before.Vlans?.ToString(), now.Vlans?.ToString(), changes);
        foreach (var address in before.Addresses)
        {
            if (!now.Addresses.Contains(address)) changes.Add(new LinkChange(name, "address", address.Cidr.ToString(), null));
        }

        foreach (var address in now.Addresses)
        {
            if (!before.Addresses.Contains(address)) changes.Add(new LinkChange(name, "address", null, address.Cidr.ToString()));
        }
    }

    private static void Bond(string name, BondStatus? before, BondStatus? now, List<LinkChange> changes)
    {
        Compare(name, "active port", before?.ActivePort, now?.ActivePort, changes);
        Compare(name, "active aggregator", Text(before?.Aggregator), Text(now?.Aggregator), changes);
        Compare(name, "aggregator ports", Text(before?.AggregatorPorts), Text(now?.AggregatorPorts), changes);
        Compare(name, "partner", before?.PartnerMac, now?.PartnerMac, changes);
    }

    // Neither counters nor churn, which say the same once more, later.
    private static void BondPort(string name, BondPortStatus? before, BondPortStatus? now, List<LinkChange> changes)
    {
        if (before is null || now is null) return;
        Compare(name, "bond monitor", BondJson.Word(before.Monitor), BondJson.Word(now.Monitor), changes);
        Compare(name, "bond use", before.Active ? "active" : "backup", now.Active ? "active" : "backup", changes);
        Compare(name, "aggregator", Text(before.Aggregator), Text(now.Aggregator), changes);
        Compare(name, "actor", Text(before.Actor), Text(now.Actor), changes);
        Compare(name, "partner", Text(before.Partner), Text(now.Partner), changes);
        if (before.Detail is null) return;
        Compare(name, "partner mac", before.Detail.PartnerMac, now.Detail?.PartnerMac, changes);
        Compare(name, "speed", before.Detail.Speed is { } old ? LinkSpeed.Text(old) : null, now.Detail?.Speed is { } speed ? LinkSpeed.Text(speed) : null, changes);
    }

    private static string? Text(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(LacpState? state) => state is { } known ? string.Join(' ', LacpWords.Of(known).DefaultIfEmpty("none")) : null;

    private static void Fields(string name, FieldSet before, FieldSet now, List<LinkChange> changes)
    {
        foreach (var entry in now)
        {
            var old = before[entry.Field];
            if (old != entry.Value) changes.Add(new LinkChange(name, entry.Field.Path, old is { } value ? entry.Field.Format(value) : null, entry.Text));
        }

        foreach (var entry in before)
        {
            if (!now.Contains(entry.Field)) changes.Add(new LinkChange(name, entry.Field.Path, entry.Text, null));
        }
    }

    private static void Compare(string name, string field, string? from, string? to, List<LinkChange> changes)
    {
        if (from != to) changes.Add(new LinkChange(name, field, from, to));
    }
}
