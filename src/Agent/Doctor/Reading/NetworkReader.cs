using NodeAgent.Doctor.Facts;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.View;

namespace NodeAgent.Doctor.Reading;

/// <summary>A network as it is at one moment, and without its policies.</summary>
internal static class NetworkReader
{
    /// <param name="paths">Has what only the bonding driver's files tell of ports, which is added to the snapshot.</param>
    /// <param name="snapshot">As the kernel lists it.</param>
    public static NetworkFacts Read(HostPaths paths, NetworkSnapshot snapshot)
    {
        PortDetailReader.Complete(snapshot, paths.Proc);
        var view = new NetworkView(snapshot, [], null);
        return new NetworkFacts(
            [
                .. snapshot.Links.Values.Where(static l => l.Type == InterfaceType.Bond).OrderBy(static l => l.Name, StringComparer.Ordinal)
                    .Select(bond => new BondFacts(bond.Name, view.UplinksOf(bond.Name).Count, LinkHealth.OfBond(view, bond))),
            ],
            MacJudge.OfPorts(view));
    }
}
