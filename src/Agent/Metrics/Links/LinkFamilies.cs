namespace NodeAgent.Metrics.Links;

/// <summary>Every family that links have.</summary>
internal static class LinkFamilies
{
    public static readonly TableFamily[] All = [.. LinkStateFamilies.All, .. LinkCounterFamilies.All, .. BridgeFamilies.All, .. BondFamilies.All, .. VlanFamilies.All];
}
