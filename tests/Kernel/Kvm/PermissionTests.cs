using System.Text.Json.Nodes;
using NodeAgent.Native.Linux;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Kvm;

/// <summary>What a user sees to whom /dev/kvm is not open: the program itself, run as nobody.</summary>
[Collection(RealKvm.Collection)]
public sealed class PermissionTests
{
    [SkippableFact]
    public void Who_may_not_open_it_is_told_whose_it_is()
    {
        Skip.IfNot(Unistd.geteuid() == 0, "only root can become somebody else");
        RealKvm.Open().Dispose();
        var status = Stat.Describe("/dev/kvm")!.Value;
        Skip.If((status.Permissions & 0b110) == 0b110, "/dev/kvm is open to everybody here");
        using var copy = HostTree.Empty();
        // nobody may not enter the folder of the tests.
        Command.Run("cp", "-r", AppContext.BaseDirectory, copy["bin"]);
        Command.Run("chmod", "-R", "a+rX", copy.Root);
        var (code, output, error) = Command.Try("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", $"DOTNET_ROOT={RuntimeRoot()}", Path.Combine(copy["bin"], "nodeagent"), "kvm", "show", "--local", "-o", "json");
        Assert.True(code == 1, error);
        var report = JsonNode.Parse(output)!;
        Assert.Equal("not permitted", report["state"]!.GetValue<string>());
        Assert.Contains($"/dev/kvm belongs to 0 root and {status.Group}", report["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        var forGroup = (status.Permissions & 0b110_000) == 0b110_000;
        Assert.EndsWith($"this process runs as user 65534: run as root{(forGroup ? ", or add the user to that group" : "")}", report["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("/dev/kvm", report["device"]!["path"]!.GetValue<string>());
    }

    private static string RuntimeRoot() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
}
