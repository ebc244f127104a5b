using NodeAgent.Files;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Health;

/// <summary>
/// Reads what the bonding driver tells in /proc only. Its speed and duplex are those the driver itself goes by, kept since the link's last
/// change: no network driver is asked for them, so none can hang.
/// </summary>
public static class PortDetailReader
{
    /// <summary>The ports of a bond of the calling thread's network namespace, by name; empty where the file is absent or cannot be read.</summary>
    public static IReadOnlyDictionary<string, BondPortDetail> Read(string proc, string bond) =>
        BondingFile.Parse(HostFile.Read(Path.Combine(proc, "thread-self", "net", "bonding", bond)).Text);

    /// <summary>Adds it to a snapshot of the calling thread's network namespace.</summary>
    public static void Complete(NetworkSnapshot snapshot, string proc)
    {
        foreach (var bond in snapshot.Links.Values.Where(static l => l.Type == InterfaceType.Bond).ToArray())
        {
            foreach (var (name, detail) in Read(proc, bond.Name))
            {
                if (snapshot.Find(name) is { } port && port.Controller == bond.Name) snapshot.Put(port.With(detail));
            }
        }
    }
}
