using System.Collections.Frozen;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Kernel;

/// <summary>What is known of bonds' ports beside the kernel's messages, by ifindex. One thread sets it, everybody reads without a lock.</summary>
public sealed class PortDetails
{
    private volatile FrozenDictionary<int, BondPortDetail> _ports = FrozenDictionary<int, BondPortDetail>.Empty;

    public BondPortDetail? Of(int index) => _ports.GetValueOrDefault(index);

    /// <summary>Replaces what is known; the ports whose detail differs from before come back.</summary>
    public IReadOnlyList<int> Set(IReadOnlyDictionary<int, BondPortDetail> ports)
    {
        var former = _ports;
        var changed = new List<int>();
        foreach (var (index, detail) in ports)
        {
            if (!detail.Equals(former.GetValueOrDefault(index))) changed.Add(index);
        }

        foreach (var index in former.Keys)
        {
            if (!ports.ContainsKey(index)) changed.Add(index);
        }

        if (changed.Count > 0) _ports = ports.ToFrozenDictionary();
        return changed;
    }
}
