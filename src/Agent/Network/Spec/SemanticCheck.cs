using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Checks;

namespace NodeAgent.Network.Spec;

/// <summary>
/// Checks that a desired state makes sense: in itself, and together with what is there. Without an observed state only what can be
/// known is checked. The cost follows the interfaces given, not those that exist: the observed state is only looked up.
/// </summary>
public static class SemanticCheck
{
    /// <summary>Everything that is wrong, in the documents' order; empty where nothing is.</summary>
    public static IReadOnlyList<SpecError> Check(DesiredState desired, NetworkSnapshot? observed) => Examine(desired, observed).Errors;

    /// <summary>The same, with notes.</summary>
    public static SemanticResult Examine(DesiredState desired, NetworkSnapshot? observed)
    {
        var errors = new List<SpecError>();
        if (observed is not null) desired = LinkMatch.Resolve(desired, observed, errors);
        var context = new CheckContext(desired, observed, errors);
        LinkTypes.Check(context);
        Absence.Check(context);
        RequiredFields.Check(context);
        MacAddresses.Check(context);
        BaseLinks.Check(context);
        VethPeers.Check(context);
        Ports.Check(context);
        BondOptions.Check(context);
        BridgeOptions.Check(context);
        Mtus.Check(context);
        VlanIds.Check(context);
        VlanExclusivity.Check(context);
        Addresses.Check(context);
        Routes.Check(context);
        Cycles.Check(context);
        errors.Sort(SpecError.InOrder);
        return new SemanticResult(errors, context.Notes);
    }
}
