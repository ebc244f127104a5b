using System.Globalization;
using System.Text.Json.Nodes;

namespace NodeAgent.Network.Applying;

/// <summary>The JSON of transaction records and ledgers.</summary>
internal static class JournalJson
{
    public static string Write(TransactionRecord record) => new JsonObject
    {
        ["id"] = record.Id,
        ["state"] = record.State.ToString(),
        ["kind"] = record.Kind,
        ["started"] = Time(record.Started),
        ["boot"] = record.Boot,
        ["policy"] = record.Policy,
        ["policyText"] = record.PolicyText,
        ["formerText"] = record.FormerText,
        ["undo"] = record.Undo,
        ["added"] = Write(record.Added),
        ["confirmUntil"] = record.ConfirmUntil is { } until ? Time(until) : null,
        ["ledgerAfter"] = record.LedgerAfter,
        ["outcome"] = record.Outcome,
    }.ToJsonString();

    /// <exception cref="FormatException">The text is not a record.</exception>
    public static TransactionRecord Read(string text)
    {
        try
        {
            var node = JsonNode.Parse(text)!;
            return new TransactionRecord
            {
                Id = node["id"]!.GetValue<string>(),
                State = Enum.Parse<TransactionState>(node["state"]!.GetValue<string>()),
                Kind = node["kind"]!.GetValue<string>(),
                Started = Time(node["started"]!),
                Boot = node["boot"]?.GetValue<string>(),
                Policy = node["policy"]?.GetValue<string>(),
                PolicyText = node["policyText"]?.GetValue<string>(),
                FormerText = node["formerText"]?.GetValue<string>(),
                Undo = node["undo"]!.GetValue<string>(),
                Added = ReadItems(node["added"]!),
                ConfirmUntil = node["confirmUntil"] is { } until ? Time(until) : null,
                LedgerAfter = node["ledgerAfter"]?.GetValue<string>(),
                Outcome = node["outcome"]!.GetValue<string>(),
            };
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("not a transaction record: " + e.Message, e);
        }
    }

    public static JsonObject Write(LedgerItems items) => new()
    {
        ["links"] = Write(items.Links),
        ["ports"] = Write(items.Ports),
        ["addresses"] = Write(items.Addresses),
        ["routes"] = Write(items.Routes),
    };

    public static LedgerItems ReadItems(JsonNode node) => new()
    {
        Links = ReadSet(node["links"]!),
        Ports = ReadSet(node["ports"]!),
        Addresses = ReadSet(node["addresses"]!),
        Routes = ReadSet(node["routes"]!),
    };

    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(JsonNode node) => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static JsonArray Write(IEnumerable<string> items) => new([.. items.Order(StringComparer.Ordinal).Select(i => (JsonNode)i)]);

    private static HashSet<string> ReadSet(JsonNode node) => [.. node.AsArray().Select(i => i!.GetValue<string>())];
}
