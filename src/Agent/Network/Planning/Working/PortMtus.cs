namespace NodeAgent.Network.Planning.Working;

/// <summary>How many ports of each bridge have which MTU, so that the smallest is known without a walk over all ports for each change.</summary>
internal sealed class PortMtus(WorkingState state)
{
    private readonly Dictionary<string, Dictionary<long, int>> _counts = new(StringComparer.Ordinal);

    /// <summary>The smallest MTU of the bridge's ports, or null where it has none.</summary>
    public long? Smallest(string bridge)
    {
        long? smallest = null;
        foreach (var mtu in Of(bridge).Keys)
        {
            if (smallest is null || mtu < smallest) smallest = mtu;
        }

        return smallest;
    }

    public void Joined(string bridge, long? mtu) => Count(bridge, mtu, 1);

    public void Left(string bridge, long? mtu) => Count(bridge, mtu, -1);

    private void Count(string bridge, long? mtu, int by)
    {
        if (mtu is not { } value) return;
        var counts = Of(bridge);
        var count = counts.GetValueOrDefault(value) + by;
        if (count > 0) counts[value] = count;
        else counts.Remove(value);
    }

    private Dictionary<long, int> Of(string bridge)
    {
        if (_counts.TryGetValue(bridge, out var counts)) return counts;
        _counts[bridge] = counts = [];
        foreach (var port in state.Ports.Of(bridge))
        {
            if (state.Find(port)?.Mtu is { } mtu) counts[mtu] = counts.GetValueOrDefault(mtu) + 1;
        }

        return counts;
    }
}
