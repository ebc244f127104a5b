using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Kernel;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Health;

/// <summary>
/// Looks at bonds from time to time for what the kernel sends no event about: partners that fall silent, churn, keys. (The kernel tells of a
/// port of a bond only when its carrier changes, or when it begins or ceases to send: bond_lower_state_changed of bond_main.c.) One owner.
/// </summary>
/// <param name="proc">The proc file system.</param>
/// <param name="details">Takes what is found.</param>
internal sealed class PortDetailKeeper(string proc, PortDetails details)
{
    private readonly Dictionary<int, FailureWindow> _windows = [];

    /// <summary>Takes in a list of bonds, each with its ports. What comes back are the links that are not, or no longer, as they are known.</summary>
    /// <param name="bonds">As listed just now, in the calling thread's network namespace.</param>
    /// <param name="known">What is known of a link, by name.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyCollection<int> Update(IReadOnlyList<(LinkMessage Bond, IReadOnlyList<LinkMessage> Ports)> bonds, Func<string, LinkState?> known, DateTimeOffset now)
    {
        var found = new Dictionary<int, BondPortDetail>();
        var changed = new HashSet<int>();
        foreach (var (bond, ports) in bonds)
        {
            var read = PortDetailReader.Read(proc, bond.Name ?? "");
            if (bond.Data is Bond data && known(bond.Name ?? "") is { } former && !Equals(BondBinding.ReadState(data, new PortNames(ports)), former.Bond)) changed.Add(bond.Index);
            foreach (var port in ports)
            {
                if (port.PortData is not BondPort facts) continue;
                var status = BondBinding.ReadPort(facts);
                if (!_windows.TryGetValue(port.Index, out var window)) _windows[port.Index] = window = new FailureWindow();
                found[port.Index] = (read.GetValueOrDefault(port.Name ?? "") ?? new BondPortDetail()) with { RecentFailures = window.Observe(status.LinkFailures, now) };
                if (known(port.Name ?? "") is { BondPort: { } told } && told with { Detail = null } != status) changed.Add(port.Index);
            }
        }

        foreach (var index in _windows.Keys.Where(index => !found.ContainsKey(index)).ToArray()) _windows.Remove(index);
        changed.UnionWith(details.Set(found));
        return changed;
    }

    private sealed class PortNames(IReadOnlyList<LinkMessage> ports) : INames
    {
        public string? NameOf(int index) => ports.FirstOrDefault(p => p.Index == index)?.Name;

        public int IndexOf(string name) => ports.FirstOrDefault(p => p.Name == name)?.Index ?? 0;
    }
}
