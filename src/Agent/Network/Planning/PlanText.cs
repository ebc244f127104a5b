using NodeAgent.Network.Planning.Output;

namespace NodeAgent.Network.Planning;

/// <summary>A plan for a person: what happens to each link and why, then what is refused, then one line that sums it up.</summary>
public static class PlanText
{
    public const string NothingToDo = "Nothing to do: the node is as asked for.";

    private const int ReasonColumn = 44;

    public static void Write(Plan plan, TextWriter output, bool color)
    {
        var ink = new Ink(color);
        var blocks = LinkBlock.Of(plan);
        foreach (var block in blocks) Block(output, block, ink);
        if (blocks.Count > 0) output.Write('\n');

        foreach (var refusal in plan.Refusals) output.Write($"{ink.Red("Refused:")} {refusal.Message}\n");
        foreach (var note in plan.Notes) output.Write($"{ink.Faint("Note:")} {note}\n");
        if (blocks.Count > 0) output.Write(Summary(blocks) + "\n");
        else if (plan.Refusals.Count == 0) output.Write(NothingToDo + "\n");
        if (plan.Refusals.Count > 0) output.Write("Nothing will be changed.\n");
    }

    /// <summary>"Plan: 3 to create, 2 to modify, 1 to remove."</summary>
    private static string Summary(IReadOnlyList<LinkBlock> blocks)
    {
        var again = blocks.Count(b => b.Sign == "-/+" && b.Kind != "route");
        var create = blocks.Count(b => b.Sign == "+");
        var remove = blocks.Count(b => b.Sign == "-");
        var modify = blocks.Count - again - create - remove;
        return $"Plan: {create} to create, {modify} to modify, {remove} to remove{(again > 0 ? $", {again} to remove and create again" : "")}.";
    }

    private static void Block(TextWriter output, LinkBlock block, Ink ink)
    {
        // A route whose next hop changes is one that is modified, to a person.
        var sign = block.Kind == "route" && block.Sign == "-/+" ? "~" : block.Sign;
        output.Write(ink.Sign(sign, $"{sign} {block.Kind} {block.Name}") + "\n");
        string? said = null;
        foreach (var step in block.Steps)
        {
            if (step is CreateLinkStep or RemoveLinkStep || step.Changes.Count == 0 || (block.Kind == "route" && block.Steps.Count == 1))
            {
                Line(output, step is CreateLinkStep ? "created" : step is RemoveLinkStep ? "removed" : "", step.Reason, ref said, ink);
                if (block.Kind == "route") continue;
            }

            foreach (var change in step.Changes) Line(output, Text(change, step), step.Reason, ref said, ink);
        }
    }

    private static void Line(TextWriter output, string text, string reason, ref string? said, Ink ink)
    {
        var why = reason == said ? "" : ink.Faint($"# {reason}");
        said = reason;
        output.Write(why.Length == 0 ? $"    {text}\n" : text.Length == 0 ? $"    {why}\n" : $"    {text.PadRight(ReasonColumn)} {why}\n");
    }

    private static string Text(Change change, PlanStep step) => (change.From, change.To) switch
    {
        (null, var to) when step is CreateLinkStep => $"{change.Field}: {to}",
        (null, var to) when IsListed(step) => $"{change.Field}: + {to}",
        (var from, null) when IsListed(step) => $"{change.Field}: - {from}",
        (var from, var to) => $"{change.Field}: {from ?? "none"} -> {to ?? "none"}",
    };

    private static bool IsListed(PlanStep step) => step is AddAddressStep or RemoveAddressStep or AddRouteStep or RemoveRouteStep;
}
