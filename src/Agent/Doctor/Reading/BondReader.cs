using NodeAgent.Doctor.Facts;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Doctor.Reading;

/// <summary>The bonds of a network, as it is and without its policies.</summary>
internal static class BondReader
{
    public static IReadOnlyList<BondFacts> Read(NetworkSnapshot snapshot)
    {
        var view = new NetworkView(snapshot, [], null);
        return
        [
            .. snapshot.Links.Values.Where(static l => l.Type == InterfaceType.Bond).OrderBy(static l => l.Name, StringComparer.Ordinal)
                .Select(bond => new BondFacts(bond.Name, view.UplinksOf(bond.Name).Count, LinkHealth.OfBond(view, bond))),
        ];
    }
}
