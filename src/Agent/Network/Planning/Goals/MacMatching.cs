using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>Links matched by permanent MAC, under the kernel's names. What cannot be found is refused and left out of the plan.</summary>
internal static class MacMatching
{
    public static DesiredState Resolve(DesiredState desired, NetworkSnapshot observed, Action<string> refuse)
    {
        var missing = false;
        var named = PermanentMac.Resolve(desired, observed, spec =>
        {
            missing = true;
            refuse($"{spec.Name}: no physical link has the MAC {spec.MatchMac}; `nodeagent net show` lists those there are");
        });
        return missing ? new DesiredState { Interfaces = [.. named.Interfaces.Where(s => s.MatchMac is null)], Routes = named.Routes } : named;
    }
}
