using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Apply;

/// <summary>A node with four NICs in the calling thread's network namespace, and back to that after each round.</summary>
internal static class Node
{
    private static readonly string[] Nics = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"];
    private static readonly string[] Made = ["br0", "bond_mgmt.10", "bond_data.20", "bond_mgmt", "bond_data"];

    public static void Create()
    {
        foreach (var nic in Nics)
        {
            Iproute.Ip($"link add {nic} type veth peer name sw-{nic}");
            Iproute.Ip($"link set sw-{nic} up");
        }

        Reset();
    }

    /// <summary>Takes away what layout A made. The kernel goes on tidying up for a moment, which must not count for what comes next.</summary>
    public static void Reset()
    {
        foreach (var link in Made) Command.Try("ip", "link", "del", link);
        foreach (var nic in Nics) Iproute.Ip($"link set {nic} down");
        Thread.Sleep(50);
    }
}
