using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>`state: absent` is for links that exist because somebody created them.</summary>
internal static class Absence
{
    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Desired.Interfaces)
        {
            if (!spec.IsAbsent) continue;
            var type = context.Seen(spec.Name)?.Type ?? spec.Type;
            if (type is { } known && !known.IsVirtual())
            {
                var mark = spec.StateMark.IsKnown ? spec.StateMark : spec.Mark;
                context.Error(mark, spec, "state", $"a link of type {known.ToText()} cannot be removed; use `state: down`");
            }

            if (spec.Fields.Count > 0 || spec.Ports is not null || spec.Ipv4 is not null || spec.Ipv6 is not null)
            {
                context.Notes.Add($"{CheckContext.Place(spec)} has state absent: its other fields have no effect");
            }
        }
    }
}
