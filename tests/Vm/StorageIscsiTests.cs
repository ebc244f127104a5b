using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>A volume over two sessions of open-iscsi to tgt: which session and portal a path takes, and what happens when one goes silent.</summary>
public sealed class StorageIscsiTests
{
    [VmFact]
    public void A_portal_that_goes_silent_leaves_a_volume_without_redundancy_until_it_is_back()
    {
        using var rack = IscsiRack.Create();
        using var node = new StorageNode();
        using var daemon = node.Daemon();
        var map = node.AwaitVerdict("healthy", daemon);
        Assert.Equal(2, map["paths"]!.AsArray().Select(static path => $"{path!["initiator"]}").Distinct().Count(static name => name.StartsWith("session", StringComparison.Ordinal)));
        foreach (var portal in IscsiRack.Portals)
            Assert.Contains(map["paths"]!.AsArray(), path => $"{path!["targetPort"]}".Contains(portal, StringComparison.Ordinal) && $"{path["targetPort"]}".Contains(IscsiRack.Target, StringComparison.Ordinal));

        IscsiRack.Unplug(IscsiRack.Portals[1]);

        map = node.AwaitVerdict("no redundancy", daemon, 30);
        Assert.Equal(1, (int)map["usablePaths"]!);

        IscsiRack.Plug(IscsiRack.Portals[1]);
        node.AwaitVerdict("healthy", daemon, 40);
    }
}
