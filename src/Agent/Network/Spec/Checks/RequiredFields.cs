using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A link that has to be created names what its type cannot do without.</summary>
internal static class RequiredFields
{
    public static void Check(CheckContext context)
    {
        if (context.Observed is null) return;
        foreach (var spec in context.Present)
        {
            if (spec.Type is not { } type || context.Seen(spec.Name) is not null || context.PeerOf(spec.Name) is not null) continue;
            foreach (var field in LinkSchema.Own(type))
            {
                if (field.Required && !spec.Fields.Contains(field)) context.Error(spec, field, $"is missing; {spec.Name} does not exist yet and cannot be created without it ({field.Expected})");
            }
        }
    }
}
