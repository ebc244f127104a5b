using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec;

/// <summary>Links matched by permanent MAC, under the kernel's names. A MAC that no physical link has is an error of the document.</summary>
public static class LinkMatch
{
    /// <summary>The same state with the kernel's names; what is not found stays as it is.</summary>
    public static DesiredState Resolve(DesiredState desired, NetworkSnapshot observed, ICollection<SpecError> errors) =>
        PermanentMac.Resolve(desired, observed, spec => errors.Add(new SpecError(
            spec.Mark,
            $"interfaces[{spec.Name}].mac-address",
            $"no physical link of this node has the permanent MAC {spec.MatchMac}")));
}
