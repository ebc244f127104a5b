using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>The two ends of a veth pair name each other.</summary>
internal static class VethPeers
{
    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            if (spec.Fields.Text(VethFields.Peer) is { } peer && Problem(spec, peer, context) is { } problem) context.Error(spec, VethFields.Peer, problem);
        }
    }

    private static string? Problem(InterfaceSpec spec, string peer, CheckContext context)
    {
        if (peer == spec.Name) return $"{spec.Name} cannot be its own peer";
        if (context.PeerOf(peer) is { } first && !ReferenceEquals(first, spec)) return $"{peer} is the peer of {CheckContext.Place(first)} already";
        if (context.Spec(peer) is not { } other) return null;
        if (other.IsAbsent) return $"{peer} is removed by {other.StateMark}, and {spec.Name} with it: they are one pair";
        if (other.Fields.Text(VethFields.Peer) is { } back && back != spec.Name) return $"{CheckContext.Place(other)} names {back} as its peer, not {spec.Name}";
        if (other.Type is { } type && !type.Matches(InterfaceType.Veth)) return $"{CheckContext.Place(other)} is of type {type.ToText()}";
        return null;
    }
}
