using NodeAgent.Cli.Sandbox;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>What killed sandboxes leave behind goes with the next one, and nothing else does.</summary>
public sealed class SandboxFolderTests
{
    [Fact]
    public void Only_what_no_process_holds_is_removed()
    {
        using var alive = new SandboxFolder();
        var killed = Directory.CreateTempSubdirectory(SandboxFolder.Prefix).FullName;
        var unknown = Directory.CreateTempSubdirectory(SandboxFolder.Prefix).FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(killed, "state"));
            File.WriteAllText(Path.Combine(killed, "lock"), "");
            SandboxFolder.RemoveLeftovers();
            Assert.True(Directory.Exists(alive.Paths.State));
            Assert.False(Directory.Exists(killed));
            Assert.True(Directory.Exists(unknown));
        }
        finally
        {
            if (Directory.Exists(killed)) Directory.Delete(killed, recursive: true);
            Directory.Delete(unknown);
        }
    }

    [Fact]
    public void A_link_to_a_folder_is_left_alone()
    {
        var aim = Directory.CreateTempSubdirectory("nodeagent-aim-").FullName;
        var link = Path.Combine(Path.GetTempPath(), SandboxFolder.Prefix + "link" + Guid.NewGuid().ToString("N"));
        try
        {
            File.WriteAllText(Path.Combine(aim, "lock"), "");
            Directory.CreateSymbolicLink(link, aim);
            SandboxFolder.RemoveLeftovers();
            Assert.True(File.Exists(Path.Combine(aim, "lock")));
            Assert.True(Directory.Exists(link));
        }
        finally
        {
            Directory.Delete(link);
            Directory.Delete(aim, recursive: true);
        }
    }

    [Fact]
    public void At_its_end_a_folder_is_gone()
    {
        var folder = new SandboxFolder();
        folder.Dispose();
        Assert.False(Directory.Exists(folder.Root));
    }
}
