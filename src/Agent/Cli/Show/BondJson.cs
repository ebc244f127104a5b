using System.Text.Json.Nodes;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Cli.Show;

/// <summary>What bonds and their ports do, for programs. The names are a contract.</summary>
public static class BondJson
{
    public static JsonObject Of(BondStatus bond) => new()
    {
        ["activePort"] = bond.ActivePort,
        ["aggregator"] = bond.Aggregator,
        ["aggregatorPorts"] = bond.AggregatorPorts,
        ["actorKey"] = bond.ActorKey,
        ["partnerKey"] = bond.PartnerKey,
        ["partnerMac"] = bond.PartnerMac,
    };

    public static JsonObject Of(BondPortStatus port) => new()
    {
        ["monitor"] = Word(port.Monitor),
        ["active"] = port.Active,
        ["linkFailures"] = port.LinkFailures,
        ["recentFailures"] = port.Detail?.RecentFailures,
        ["speedMegabits"] = port.Detail?.Speed,
        ["duplex"] = port.Detail?.Duplex,
        ["aggregator"] = port.Aggregator,
        ["actor"] = States(port.Actor),
        ["partner"] = States(port.Partner),
        ["partnerMac"] = port.Detail?.PartnerMac,
        ["partnerKey"] = port.Detail?.PartnerKey,
        ["partnerPort"] = port.Detail?.PartnerPort,
        ["actorChurn"] = Churn(port.Detail?.ActorChurn),
        ["partnerChurn"] = Churn(port.Detail?.PartnerChurn),
        ["actorChurns"] = port.Detail?.ActorChurns,
        ["partnerChurns"] = port.Detail?.PartnerChurns,
    };

    public static string Word(LinkMonitorState state) => state switch
    {
        LinkMonitorState.Up => "up",
        LinkMonitorState.GoingDown => "going down",
        LinkMonitorState.ComingBack => "coming back",
        _ => "down",
    };

    public static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static JsonArray? States(LacpState? state) => state is { } known ? ShowJson.List(LacpWords.Of(known), static w => JsonValue.Create(w)) : null;

    private static string? Churn(ChurnState? churn) => churn is { } known and not ChurnState.Unknown ? LacpWords.Of(known) : null;
}
