using System.Collections.Concurrent;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using Xunit;

namespace NodeAgent.Tests.Support;

/// <summary>What the running kernel can do, found out by doing it in a network namespace of its own.</summary>
public static class KernelSupport
{
    /// <summary>A feature that is no link kind: VLANs on bridge ports.</summary>
    public const string VlanFiltering = "bridge VLAN filtering";

    private static readonly ConcurrentDictionary<string, string?> Known = new();

    /// <summary>Null if the kernel has it, else why not, for a skip.</summary>
    /// <param name="feature">A link kind ("bond", "vlan"), or <see cref="VlanFiltering"/>.</param>
    public static string? WhyNot(string feature) => NetworkNamespace.WhyNot ?? Known.GetOrAdd(feature, Try);

    public static bool Has(string feature) => WhyNot(feature) is null;

    /// <summary>Skips the calling test (a SkippableFact) unless the kernel has all of these; none asks for namespaces alone.</summary>
    public static void Require(params string[] features)
    {
        Skip.If(NetworkNamespace.WhyNot is not null, NetworkNamespace.WhyNot);
        foreach (var feature in features)
            Skip.If(WhyNot(feature) is not null, WhyNot(feature));
    }

    private static string? Try(string feature) => NetworkNamespace.Run(() =>
    {
        using var connection = NetlinkConnection.Open();
        using var batch = new NetlinkBatch();
        batch.NewLink(Probe(feature), target: feature);
        return connection.Execute(batch)[^1] is { } error ? $"this kernel has no {feature}: {error.ErrnoName} {error.KernelMessage}".TrimEnd() : null;
    });

    private static LinkMessage Probe(string feature)
    {
        switch (feature)
        {
            case VlanFiltering: return new LinkMessage { Name = "probe", Data = new Bridge { VlanFiltering = true } };
            case LinkKinds.Vlan: return OnBase(new Vlan { Id = 2 });
            case LinkKinds.Macvlan: return OnBase(new Macvlan());
            case LinkKinds.Macvtap:
                var macvtap = OnBase(new Macvlan());
                macvtap.Kind = LinkKinds.Macvtap;
                return macvtap;
            case LinkKinds.Vxlan: return new LinkMessage { Name = "probe", Data = new Vxlan { Id = 1, Port = 4789 } };
            default: return new LinkMessage { Name = "probe", Kind = feature };
        }
    }

    private static LinkMessage OnBase(LinkData data)
    {
        Iproute.Ip("link add base type veth peer name other");
        return new LinkMessage { Name = "probe", Link = Iproute.Index("base"), Data = data };
    }
}
