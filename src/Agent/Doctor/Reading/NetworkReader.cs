using NodeAgent.Doctor.Facts;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Doctor.Reading;

/// <summary>A network as it is at one moment, and without its policies.</summary>
internal static class NetworkReader
{
    public static NetworkFacts Read(NetworkSnapshot snapshot)
    {
        var view = new NetworkView(snapshot, [], null);
        return new NetworkFacts(
            [
                .. snapshot.Links.Values.Where(static l => l.Type == InterfaceType.Bond).OrderBy(static l => l.Name, StringComparer.Ordinal)
                    .Select(bond => new BondFacts(bond.Name, view.UplinksOf(bond.Name).Count, LinkHealth.OfBond(view, bond))),
            ],
            MacJudge.OfPorts(view));
    }
}
