using NodeAgent.Cli.Run;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class SshSessionTests : IDisposable
{
    private readonly string _proc = Directory.CreateTempSubdirectory("nodeagent-proc-").FullName;

    public void Dispose() => Directory.Delete(_proc, recursive: true);

    [Fact]
    public void The_own_environment_comes_first() => Assert.Equal("a 1 b 2", SshSession.Find(_ => "a 1 b 2", _proc));

    [Fact]
    public void Behind_sudo_a_parent_has_it()
    {
        Process("self", "nodeagent", 30);
        Process("30", "sudo (a) b", 20, "HOME=/root\0");
        Process("20", "bash", 10, "HOME=/home/op\0SSH_CONNECTION=192.168.1.7 51000 192.168.0.21 22\0LANG=C\0");
        Assert.Equal("192.168.1.7 51000 192.168.0.21 22", SshSession.Find(_ => null, _proc));
    }

    [Fact]
    public void On_a_console_there_is_none()
    {
        Process("self", "nodeagent", 1);
        Process("1", "init", 0, "SSH_CONNECTION=\0");
        Assert.Null(SshSession.Find(_ => null, _proc));
    }

    [Fact]
    public void A_circle_of_parents_ends()
    {
        Process("self", "x", 5);
        Process("5", "x", 5, "");
        Assert.Null(SshSession.Find(_ => "", _proc));
    }

    private void Process(string id, string name, int parent, string environment = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_proc, id)).FullName;
        File.WriteAllText(Path.Combine(folder, "stat"), $"{id} ({name}) S {parent} 1 1 0 -1\n");
        File.WriteAllText(Path.Combine(folder, "environ"), environment);
    }
}
