using System.Text;
using NodeAgent.Network.Model;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>Everything a desired state says, places aside, as text to compare: made from the model alone, not by the writer under test.</summary>
internal static class Fingerprint
{
    public static string Of(DesiredState state)
    {
        var text = new StringBuilder();
        foreach (var i in state.Interfaces)
        {
            text.Append($"{i.Name} type={i.Type} state={i.State} match={i.MatchMac} {Of(i.Fields)}\n v4={Of(i.Ipv4)} v6={Of(i.Ipv6)}\n");
            text.Append(i.Ports is null ? " ports: null\n" : " ports:\n");
            foreach (var p in i.Ports ?? []) text.Append($"  {p.Name} {Of(p.Options)} vlans={p.Vlans?.ToString() ?? "null"}\n");
        }

        foreach (var r in state.Routes) text.Append($"{r.Destination} {r.NextHopAddress} {r.NextHopInterface} {r.Metric} {r.Table} {r.Absent}\n");
        return text.ToString();
    }

    private static string Of(FieldSet fields) => string.Join(" ", fields.OrderBy(f => f.Field.Path, StringComparer.Ordinal).Select(f => $"{f.Field.Path}={f.Value.Number}/{f.Value.Text}"));

    private static string Of(IpSpec? ip) => ip is null ? "null" : $"{ip.Enabled} [{(ip.Addresses is null ? "null" : string.Join(" ", ip.Addresses))}]";
}
