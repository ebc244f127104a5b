using System.Text.Json.Nodes;

namespace NodeAgent.Network.Planning;

/// <summary>A plan for programs; the names are part of the product's interface and only ever grow.</summary>
public static class PlanJson
{
    public static JsonNode ToJson(Plan plan) => new JsonObject
    {
        ["steps"] = Array(plan.Steps, Step),
        ["refusals"] = Array(plan.Refusals, Refusal),
        ["notes"] = Texts(plan.Notes),
    };

    private static JsonObject Step(PlanStep step) => new()
    {
        ["action"] = step.Action switch
        {
            StepAction.Create => "create",
            StepAction.Modify => "modify",
            _ => "remove",
        },
        ["kind"] = step.Kind,
        ["link"] = step.Link,
        ["changes"] = Array(step.Changes, c => new JsonObject { ["field"] = c.Field, ["from"] = c.From, ["to"] = c.To }),
        ["reason"] = step.Reason,
        ["policy"] = step.Policy,
    };

    private static JsonObject Refusal(Refusal refusal) => new()
    {
        ["step"] = refusal.Step,
        ["link"] = refusal.Link,
        ["path"] = refusal.Path,
        ["taps"] = Texts(refusal.Taps),
        ["message"] = refusal.Message,
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> node) => new([.. items.Select(node)]);

    private static JsonArray Texts(IEnumerable<string> items) => new([.. items.Select(t => (JsonNode)JsonValue.Create(t))]);
}
