using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec.Reading;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A name is one the kernel takes; a type is the one the link has, and the fields are that type's; a link that cannot be created is there.</summary>
internal static class LinkTypes
{
    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Desired.Interfaces)
        {
            if (LinkName.Problem(spec.Name) is { } problem) context.Error(spec.Mark, spec, "name", $"the name '{spec.Name}' {problem}");
            if (context.Seen(spec.Name) is { } seen) AgainstSeen(spec, seen, context);
            else if (!spec.IsAbsent && context.Observed is { } observed && context.PeerOf(spec.Name) is null) AgainstNothing(spec, observed, context);
        }
    }

    private static void AgainstSeen(InterfaceSpec spec, LinkState seen, CheckContext context)
    {
        if (spec.Type is { } type)
        {
            if (!type.Matches(seen.Type)) context.Error(MarkOfType(spec), spec, "type", $"is {type.ToText()}, but the link {spec.Name} there is {Kind(seen)}; links are never converted: use another name, or remove it first");
            return;
        }

        foreach (var entry in spec.Fields)
        {
            if (LinkSchema.Common.Contains(entry.Field) || LinkSchema.Own(seen.Type).Contains(entry.Field)) continue;
            context.Error(spec, entry.Field, $"is not for {Kind(seen)} links, which {spec.Name} is");
        }

        if (spec.Ports is not null && !LinkSchema.HasPorts(seen.Type)) context.Error(spec.PortsMark, spec, "port", $"{spec.Name} is {Kind(seen)} and has no ports");
    }

    private static void AgainstNothing(InterfaceSpec spec, NetworkSnapshot observed, CheckContext context)
    {
        if (spec.Type is null) context.Error(spec.Mark, spec, "", "there is no such link, and without `type:` it cannot be created");
        else if (!spec.Type.Value.IsVirtual() && spec.MatchMac is null)
        {
            var physical = observed.Links.Values.Where(l => l.Type == InterfaceType.Ethernet).Select(l => l.Name).ToList();
            var nearest = EditDistance.Nearest(spec.Name, physical);
            context.Error(spec.Mark, spec, "", $"there is no such link on this node, and a physical link cannot be created{(nearest is null ? "" : $"; did you mean {nearest}?")}");
        }
    }

    private static string Kind(LinkState link) => link.Type == InterfaceType.Other && link.Kind.Length > 0 ? link.Kind : link.Type.ToText();

    private static SourceMark MarkOfType(InterfaceSpec spec) => spec.TypeMark.IsKnown ? spec.TypeMark : spec.Mark;
}
