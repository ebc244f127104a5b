using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Guarding;

/// <summary>The guests' ports that hang on a link: up through what sits on it and what it is a port of, to the taps of every bridge met.</summary>
internal static class GuestPorts
{
    public static IReadOnlyList<string> On(NetworkSnapshot snapshot, params IEnumerable<string> links)
    {
        var seen = new HashSet<string>(links, StringComparer.Ordinal);
        var queue = new Queue<string>(seen);
        var guests = new List<string>();
        while (queue.TryDequeue(out var name))
        {
            if (snapshot.Find(name) is not { } link) continue;
            foreach (var upper in snapshot.UppersOf(name)) Visit(upper);
            if (link.Controller is { } controller) Visit(controller);
            if (link.Type != InterfaceType.LinuxBridge) continue;
            foreach (var port in snapshot.PortsOf(name))
            {
                if (snapshot.Find(port) is { IsGuestPort: true } && seen.Add(port)) guests.Add(port);
            }
        }

        return guests;

        void Visit(string next)
        {
            if (seen.Add(next)) queue.Enqueue(next);
        }
    }
}
