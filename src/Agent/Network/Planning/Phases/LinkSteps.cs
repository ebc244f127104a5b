using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Steps on a link as a whole.</summary>
internal static class LinkSteps
{
    public static void SetUp(Draft draft, string link, bool up, string reason) => draft.Add(new SetUpStep
    {
        Kind = draft.KindOf(link),
        Link = link,
        Up = up,
        Changes = up ? s_up : s_down,
        Reason = reason,
        Policy = draft.PolicyOf(link),
    });

    public static void SetController(Draft draft, string link, string? controller, string reason, string? policy) => draft.Add(new SetControllerStep
    {
        Kind = draft.KindOf(link),
        Link = link,
        Controller = controller,
        ControllerType = controller is null ? null : draft.State.Find(controller)?.Type,
        Changes = [new Change("controller", draft.State.Find(link)?.Controller, controller)],
        Reason = reason,
        Policy = policy,
    });

    public static void SetFields(Draft draft, string link, FieldSet fields, string reason)
    {
        var before = draft.State.Find(link)!;
        draft.Add(new SetFieldsStep
        {
            Kind = draft.KindOf(link),
            Link = link,
            Type = before.Type,
            Fields = fields,
            Changes = Changes(fields, before.Fields),
            Reason = reason,
            Policy = draft.PolicyOf(link),
        });
    }

    public static Change[] Changes(FieldSet fields, FieldSet? before)
    {
        var changes = new Change[fields.Count];
        var i = 0;
        foreach (ref readonly var entry in fields.AsSpan())
        {
            var old = before?[entry.Field] is { } value ? entry.Field.Format(value) : null;
            changes[i++] = new Change(entry.Field.Path, old is { Length: 0 } ? null : old, entry.Text);
        }

        return changes;
    }

    private static readonly Change[] s_up = [new Change("state", "down", "up")];
    private static readonly Change[] s_down = [new Change("state", "up", "down")];
}
