using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>The volume of the other tests, proven by device-mapper alone: what fails there is then the agent.</summary>
public sealed class StorageRackTests
{
    [VmFact]
    public void A_path_fails_comes_back_goes_and_is_found_again_beside_two_more()
    {
        using var rack = StorageRack.Create();
        var disk = StorageRack.Disks[0];

        StorageRack.SetState(disk, "offline");
        rack.AwaitPaths(1, failed: 1);
        Assert.Equal("F", rack.Paths()[disk]);
        StorageRack.SetState(disk, "running");
        rack.AwaitPaths(2);
        StorageRack.Delete(disk);
        rack.AwaitPaths(1);
        StorageRack.Rescan();
        StorageRack.AddHosts(2);
        rack.AwaitPaths(4);
    }

    [VmFact]
    public void Nothing_is_left_of_it()
    {
        StorageRack.Create().Dispose();

        Assert.Empty(StorageRack.Disks);
        Assert.DoesNotContain("mpath", Command.Line("dmsetup ls"), StringComparison.Ordinal);
    }
}
