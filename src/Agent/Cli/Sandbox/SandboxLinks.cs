using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;

namespace NodeAgent.Cli.Sandbox;

/// <summary>The NICs of the sandbox: veth pairs whose far ends play the switch, so that there is carrier.</summary>
public static class SandboxLinks
{
    /// <summary>Named as in the reference layouts.</summary>
    public static readonly IReadOnlyList<string> Nics = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"];

    /// <summary>The switch's end of a NIC.</summary>
    public static string PeerOf(string nic) => "sw-" + nic;

    public static void Create(NetlinkConnection connection)
    {
        var batch = new NetlinkBatch();
        batch.SetLink(new LinkMessage { Name = "lo" }.SetUp(true));
        foreach (var nic in Nics)
        {
            batch.NewLink(new LinkMessage
            {
                Name = nic,
                Kind = LinkKinds.Veth,
                Data = new Veth { Peer = new LinkMessage { Name = PeerOf(nic) } },
            });

            // Not at creation: an end that has no other one yet cannot be set up (ENOTCONN).
            batch.SetLink(new LinkMessage { Name = PeerOf(nic) }.SetUp(true));
        }

        connection.Execute(batch).ThrowIfFailed();
    }
}
