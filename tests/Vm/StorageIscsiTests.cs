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
        using var node = new StorageNode(rack.Map);
        using var daemon = node.Daemon();
        node.AwaitVerdict("healthy", daemon);
        var paths = node.Shown()["paths"]!.AsArray();
        Assert.Equal(["session", "session"], paths.Select(static path => $"{path!["initiator"]}".TrimEnd("0123456789".ToCharArray())));
        foreach (var portal in IscsiRack.Portals)
            Assert.Contains(paths, path => $"{path!["targetPort"]}".Contains($"{IscsiRack.Target} {portal}", StringComparison.Ordinal));

        IscsiRack.Unplug(IscsiRack.Portals[1]);

        node.AwaitVerdict("no_redundancy", daemon);
        var map = node.Shown();
        Assert.Equal(1, (int)map["usablePaths"]!);
        Assert.Contains(IscsiRack.Portals[1], $"{map["sentence"]}", StringComparison.Ordinal);

        IscsiRack.Plug(IscsiRack.Portals[1]);
        node.AwaitVerdict("healthy", daemon);
    }
}
