using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Planning;

namespace NodeAgent.Cli.Planning;

/// <summary>A plan for programs. The names are a contract.</summary>
public static class PlanNode
{
    public static JsonObject Of(Plan plan) => new()
    {
        ["steps"] = Steps(plan),
        ["refusals"] = Refusals(plan),
        ["notes"] = ShowJson.List(plan.Notes, static n => JsonValue.Create(n)),
    };

    public static JsonArray Steps(Plan plan) => ShowJson.List(plan.Steps, static step => new JsonObject
    {
        ["action"] = step.Action switch { StepAction.Create => "create", StepAction.Remove => "remove", _ => "modify" },
        ["kind"] = step.Kind,
        ["link"] = step.Link,
        ["policy"] = step.Policy,
        ["changes"] = ShowJson.List(step.Changes, static c => new JsonObject { ["field"] = c.Field, ["from"] = c.From, ["to"] = c.To }),
        ["reason"] = step.Reason,
    });

    public static JsonArray Refusals(Plan plan) => ShowJson.List(plan.Refusals, static refusal => new JsonObject
    {
        ["step"] = refusal.Step,
        ["link"] = refusal.Link,
        ["path"] = refusal.Path,
        ["taps"] = ShowJson.List(refusal.Taps, static t => JsonValue.Create(t)),
        ["message"] = refusal.Message,
    });
}
