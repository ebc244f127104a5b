using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.View;
using NodeAgent.Verdicts;

namespace NodeAgent.Network.Health;

/// <summary>
/// Which addresses more than one port claims. Pure functions.
/// <para>
/// An address that moves once is nothing: a guest that migrates away is heard over the uplink while its tap is still there for some
/// seconds, and one that migrates here was heard over the uplink before. Only one that comes <em>back</em> has two owners, or comes in
/// a loop: <see cref="Returns"/> times within ten minutes, or <see cref="FlapMoves"/> moves within a minute. It counts only while both
/// ports are still ports of the bridge, so the tap of a guest that has gone takes its alarm with it. The same address in two bridges or
/// two VLANs is no conflict: those are networks apart. Addresses that are made to be handed over (VRRP, CARP, HSRP) may come back.
/// </para>
/// </summary>
internal static class MacJudge
{
    /// <summary>Returns within ten minutes from which an address has two owners.</summary>
    public const int Returns = 2;

    /// <summary>Moves within a minute from which an address flaps.</summary>
    public const int FlapMoves = 6;

    /// <summary>Libvirt gives a tap its guest's address with this first byte.</summary>
    private const string TapPrefix = "fe:";

    /// <summary>Of addresses that moved, by address.</summary>
    /// <param name="moving">From the table.</param>
    /// <param name="view">Which ports there are, and what they are.</param>
    public static IReadOnlyList<MacConflict> Moving(IReadOnlyList<MacMoves> moving, NetworkView view)
    {
        if (moving.Count == 0) return [];
        var links = new Dictionary<int, LinkState>();
        foreach (var link in view.Snapshot.Links.Values) links[link.Index] = link;
        var conflicts = new List<MacConflict>();
        foreach (var moves in moving)
        {
            if (moves.Returns < Returns && moves.LastMinute < FlapMoves) continue;
            if (!links.TryGetValue(moves.Key.Bridge, out var bridge)) continue;
            var ports = moves.Ports.Select(links.GetValueOrDefault).OfType<LinkState>().Where(p => p.Controller == bridge.Name).ToList();
            if (ports.Count > 1 && Judge(moves, bridge.Name, ports, view) is { } conflict) conflicts.Add(conflict);
        }

        conflicts.Sort(static (a, b) => string.CompareOrdinal(a.Mac, b.Mac));
        return conflicts;
    }

    /// <summary>Ports of one bridge that have one address themselves, where guests brought them.</summary>
    public static IReadOnlyList<MacConflict> OfPorts(NetworkView view)
    {
        var conflicts = new List<MacConflict>();
        foreach (var bridge in view.Snapshot.Links.Values)
        {
            if (bridge.Type != InterfaceType.LinuxBridge) continue;
            var guests = view.GuestsOf(bridge.Name);
            if (guests.Count < 2) continue;
            foreach (var group in guests.GroupBy(static g => g.Fields.Text(CommonFields.MacAddress)))
            {
                if (group.Key is not { } mac || group.Count() < 2) continue;
                var names = group.Select(static g => g.Name).ToList();
                var why = mac.StartsWith(TapPrefix, StringComparison.Ordinal) ? $"the guests behind them have the same one but for its first byte ({TapPrefix[..2]})" : "frames to it reach one of them only";
                conflicts.Add(new MacConflict(mac, bridge.Name, 0, MacWords.Duplicate, Severity.Warning, names, $"is that of the ports {string.Join(" and ", names)} of {bridge.Name}: {why}; give all but one another address (nodeagent net mac)"));
            }
        }

        conflicts.Sort(static (a, b) => string.CompareOrdinal(a.Mac, b.Mac));
        return conflicts;
    }

    private static MacConflict? Judge(MacMoves moves, string bridge, List<LinkState> ports, NetworkView view)
    {
        var guests = ports.Where(view.IsGuest).Select(static p => p.Name).ToList();
        var uplinks = ports.Where(p => !view.IsGuest(p)).Select(static p => p.Name).ToList();
        var flaps = moves.LastMinute >= FlapMoves;
        // That hosts outside are heard over this uplink and then over that one is how redundant uplinks work.
        if (!flaps && (guests.Count == 0 || IsHandedOver(moves.Key.Mac))) return null;
        var names = ports.ConvertAll(static p => p.Name);
        var how = flaps ? $"{moves.LastMinute}{(moves.LastMinute == MoveHistory.Kept ? " times or more" : " times")} within a minute" : $"came back {moves.Returns} times within ten minutes";
        var where = $"{bridge}{(moves.Key.Vlan > 0 ? $" VLAN {moves.Key.Vlan}" : "")}";
        var sentence = (guests.Count, uplinks.Count) switch
        {
            (0, _) => $"moves between the uplinks {string.Join(" and ", uplinks)} of {where} ({how}): frames go round in a loop behind them; take one uplink off or turn spanning tree on",
            (_, 0) => $"moves between the guests' ports {string.Join(" and ", guests)} of {where} ({how}): two guests have it; give one another address (nodeagent net mac)",
            _ => $"is a guest's on {string.Join(" and ", guests)} of {where} and comes in over {string.Join(" and ", uplinks)} too ({how}): another machine has it, or its frames come back in a loop; find the other owner at the switch",
        };
        var state = flaps ? MacWords.Flapping : uplinks.Count == 0 ? MacWords.Duplicate : MacWords.Elsewhere;
        return new MacConflict(new MacAddress(moves.Key.Mac).ToString(), bridge, moves.Key.Vlan, state, flaps ? Severity.Critical : Severity.Warning, names, sentence);
    }

    // 00:00:5e:00:01 and :02 (VRRP for IPv4 and IPv6, RFC 9568; CARP), 00:00:0c:07:ac (HSRP).
    private static bool IsHandedOver(ulong mac) => mac >> 8 is 0x00005e0001 or 0x00005e0002 or 0x00000c07ac;
}
