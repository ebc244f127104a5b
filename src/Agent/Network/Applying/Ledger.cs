using System.Text.Json.Nodes;

namespace NodeAgent.Network.Applying;

/// <summary>The agent's memory of what it made and for which policies; a JSON file in the state folder.</summary>
public sealed record Ledger
{
    public static readonly Ledger Empty = new();

    public LedgerItems Items { get; init; } = LedgerItems.Empty;

    public IReadOnlyDictionary<string, PolicyEntry> Policies { get; init; } = new Dictionary<string, PolicyEntry>();

    public Ledger With(string policy, PolicyEntry entry) =>
        this with { Policies = new Dictionary<string, PolicyEntry>(Policies) { [policy] = entry } };

    public Ledger Without(string policy)
    {
        var rest = new Dictionary<string, PolicyEntry>(Policies);
        rest.Remove(policy);
        return this with { Policies = rest };
    }

    public string ToJson()
    {
        var policies = new JsonObject();
        foreach (var (name, entry) in Policies.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            policies[name] = new JsonObject
            {
                ["applied"] = JournalJson.Time(entry.Applied),
                ["generation"] = entry.Generation,
                ["digest"] = entry.Digest,
                ["undo"] = entry.Undo,
            };
        }

        return new JsonObject { ["items"] = JournalJson.Write(Items), ["policies"] = policies }.ToJsonString();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is not that.</exception>
    public static Ledger Parse(string text)
    {
        try
        {
            var root = JsonNode.Parse(text)!.AsObject();
            var policies = new Dictionary<string, PolicyEntry>();
            foreach (var (name, node) in root["policies"]!.AsObject())
            {
                policies[name] = new PolicyEntry(JournalJson.Time(node!["applied"]!), node["generation"]!.GetValue<long>(), node["digest"]!.GetValue<string>(), node["undo"]!.GetValue<string>());
            }

            return new Ledger { Items = JournalJson.ReadItems(root["items"]!), Policies = policies };
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new FormatException("not a ledger: " + e.Message, e);
        }
    }
}
