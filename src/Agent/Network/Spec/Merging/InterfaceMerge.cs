using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Merging;

/// <summary>Joins what two policies say of one interface.</summary>
internal static class InterfaceMerge
{
    public static InterfaceSpec Merge(InterfaceSpec first, InterfaceSpec second, Conflicts conflicts)
    {
        var path = $"interfaces[{first.Name}]";
        if (first.IsAbsent != second.IsAbsent && (first.IsAbsent || second.IsAbsent))
        {
            conflicts.Add(path + ".state", StateMark(first), first.Policy, Text(first.State), StateMark(second), second.Policy, Text(second.State));
            return first;
        }

        return first with
        {
            Type = Type(first, second, path, conflicts),
            State = State(first, second, path, conflicts),
            StateMark = first.State is null ? second.StateMark : first.StateMark,
            TypeMark = first.Type is null ? second.TypeMark : first.TypeMark,
            MatchMac = first.MatchMac ?? second.MatchMac,
            Fields = Fields(first, second, path, conflicts),
            Ipv4 = IpMerge.Merge(first.Ipv4, second.Ipv4, first, second, path + ".ipv4", conflicts),
            Ipv6 = IpMerge.Merge(first.Ipv6, second.Ipv6, first, second, path + ".ipv6", conflicts),
            Ports = PortsMerge.Merge(first, second, path, conflicts),
            PortsMark = first.Ports is null ? second.PortsMark : first.PortsMark,
        };
    }

    private static InterfaceType? Type(InterfaceSpec first, InterfaceSpec second, string path, Conflicts conflicts)
    {
        if (first.Type is not { } a || second.Type is not { } b || a == b) return first.Type ?? second.Type;
        if (a.Matches(b)) return b;
        if (b.Matches(a)) return a;
        conflicts.Add(path + ".type", Known(first.TypeMark, first), first.Policy, a.ToText(), Known(second.TypeMark, second), second.Policy, b.ToText());
        return a;
    }

    private static InterfaceState? State(InterfaceSpec first, InterfaceSpec second, string path, Conflicts conflicts)
    {
        if (first.State is { } a && second.State is { } b && a != b)
        {
            conflicts.Add(path + ".state", StateMark(first), first.Policy, Text(a), StateMark(second), second.Policy, Text(b));
        }

        return first.State ?? second.State;
    }

    private static FieldSet Fields(InterfaceSpec first, InterfaceSpec second, string path, Conflicts conflicts) =>
        FieldsMerge.Merge(first.Fields, second.Fields, path, first.Policy, second.Policy, conflicts);

    private static SourceMark StateMark(InterfaceSpec spec) => Known(spec.StateMark, spec);

    private static SourceMark Known(SourceMark mark, InterfaceSpec spec) => mark.IsKnown ? mark : spec.Mark;

    private static string Text(InterfaceState? state) => state switch
    {
        InterfaceState.Absent => "absent",
        InterfaceState.Down => "down",
        InterfaceState.Up => "up",
        _ => "described",
    };
}
