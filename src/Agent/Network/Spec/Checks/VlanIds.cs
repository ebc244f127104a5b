using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>One sub-interface for an id of a link: the kernel answers EEXIST to a second.</summary>
internal static class VlanIds
{
    public static void Check(CheckContext context)
    {
        var index = new VlanIndex(context);
        foreach (var spec in context.Present)
        {
            if (context.BaseOf(spec.Name) is not { } lower || index.Of(spec.Name, spec) is not { } link) continue;
            if (!index.On(lower).TryGetValue((link.Id, link.Protocol), out var first) || first.Name == spec.Name) continue;
            context.Error(spec, VlanFields.Id, $"VLAN {link.Id} of {lower} is {first.Place}; a link has one sub-interface for an id");
        }
    }
}
