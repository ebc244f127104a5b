using System.Diagnostics;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>Faults around the agent and bad input: the reason in one sentence, and nothing changed.</summary>
public sealed class FaultTests
{
    private const string Bridge = "interfaces: [ { name: br0, type: linux-bridge, bridge: { port: [ { name: enp1s1 } ] } } ]";

    [VmTheory]
    [InlineData("interfaces: [ { name: br0, type: linux-bridge", "yaml:")]
    [InlineData("interfaces: [ { name: br0, type: linux-brigde } ]", "linux-brigde")]
    [InlineData("interfaces: [ { name: br0, type: linux-bridge, mtu: many } ]", "many")]
    [InlineData("interfaces: [ { name: br0, type: linux-bridge, colour: red } ]", "colour")]
    [InlineData("kind: Deployment\napiVersion: apps/v1\nspec: {}", "Deployment")]
    [InlineData("- just\n- a list", "yaml:")]
    [InlineData("", "empty")]
    [InlineData("interfaces: &a [ *a ]", "yaml:")]
    public void A_document_that_is_wrong(string document, string named)
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();

        var refused = node.Apply("wrong", document, status: 2);

        Assert.Contains(named, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void A_document_of_ten_megabytes_is_refused_within_seconds()
    {
        using var node = new RackNode();
        var took = Stopwatch.StartNew();

        var refused = node.Apply("large", "interfaces:\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"- {{ name: br{i}, type: linux-bridge, state: up }}\n")), status: 2);

        Assert.Contains("large.yaml", refused.Error, StringComparison.Ordinal);
        Assert.InRange(refused.Error.Length, 1, 10_000);
        Assert.InRange(took.Elapsed.TotalSeconds, 0, 20);
    }

    [VmFact]
    public void No_room_for_the_journal()
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();
        using var full = new TinyFileSystem(node, "size=64k");
        full.Fill();

        var failed = node.Apply("bridge", Bridge, status: 1);

        Assert.Contains(node.State, failed.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());

        full.Empty();
        node.Apply("bridge", Bridge);
    }

    [VmFact]
    public void Room_for_the_journal_but_none_for_the_commit()
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();

        // Wherever the room ends, what is on the node and what is on disk say the same.
        using var full = new TinyFileSystem(node, "size=256k");
        for (var free = 4; free <= 40; free += 4)
        {
            full.Fill(leaving: free);
            var result = node.Agent($"net apply --probe none -f {node.Document("bridge", Bridge)}");
            full.Empty();
            if (result.Status == 0) return;
            Assert.True(result.Status is 1 or 5, $"{free} KiB free: {result}");
            Assert.Equal(before, node.Reader.Picture());
            node.Expect(3, $"net plan --detailed-exitcode -f {Path.Combine(node.Folder, "bridge.yaml")}");
        }

        Assert.Fail("did not work with 40 KiB free");
    }

    [VmFact]
    public void A_state_folder_that_is_read_only()
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();
        using var files = new TinyFileSystem(node, "size=1m");
        files.ReadOnly();

        var failed = node.Apply("bridge", Bridge, status: 1);

        Assert.Contains("nothing was changed", failed.Error, StringComparison.Ordinal);
        Assert.Contains(node.State, failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        // What only looks works all the same.
        node.Expect(0, "net show");
        node.Expect(3, $"net plan --detailed-exitcode -f {Path.Combine(node.Folder, "bridge.yaml")}");
    }

    [VmFact]
    public void No_right_to_change_the_network()
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();
        var file = node.Document("bridge", Bridge);

        var failed = node.AgentBelow("setpriv", "--bounding-set -net_admin --inh-caps -net_admin", $"net apply --probe none -f {file}");

        Assert.True(failed.Status == 1, failed.ToString());
        Assert.Contains("CAP_NET_ADMIN", failed.Error, StringComparison.Ordinal);
        Assert.Single(failed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains("error:", StringComparison.Ordinal));
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void A_user_without_any_right()
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();
        var file = node.Document("bridge", Bridge);
        Command.Run("chmod", "755", node.Folder);

        var failed = node.AgentBelow("setpriv", "--reuid 65534 --regid 65534 --clear-groups", $"net apply --probe none -f {file}");

        Assert.True(failed.Status == 1, failed.ToString());
        Assert.DoesNotContain("   at ", failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        Assert.Equal(0, node.AgentBelow("setpriv", "--reuid 65534 --regid 65534 --clear-groups", "net show").Status);
    }

    [VmFact]
    public void Two_at_once_are_one_after_the_other()
    {
        using var node = new RackNode();
        var first = Start("one", Bridge);
        var second = Start("two", "interfaces: [ { name: br1, type: linux-bridge } ]");

        Assert.Equal(0, Status(first));
        Assert.Equal(0, Status(second));

        Assert.True(node.Reader.Has("br0") && node.Reader.Has("br1"), "a bridge is missing");
        Assert.Equal(2, node.Expect(0, "net policies -o json").Json.AsArray().Count);

        Process Start(string name, string yaml) => node.Rack.OnNode(() => AgentBinary.Start(AgentBinary.Program, node.Arguments($"net apply --probe none -f {node.Document(name, yaml)}")));

        static int Status(Process process)
        {
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
            return process.ExitCode;
        }
    }

    /// <summary>A state folder on a file system of its own.</summary>
    private sealed class TinyFileSystem : IDisposable
    {
        private readonly string folder;

        public TinyFileSystem(RackNode node, string options)
        {
            folder = Path.Combine(node.Folder, "tiny");
            Directory.CreateDirectory(folder);
            Command.Run("mount", "-t", "tmpfs", "-o", options, "tiny", folder);
            node.State = folder;
        }

        private string Ballast => Path.Combine(folder, "ballast");

        /// <summary>Uses up all room but so many KiB.</summary>
        public void Fill(int leaving = 0)
        {
            Command.Try("dd", "if=/dev/zero", "of=" + Ballast, "bs=1k");
            if (leaving > 0) using (var ballast = File.OpenWrite(Ballast)) ballast.SetLength(ballast.Length - leaving * 1024);
        }

        public void Empty() => File.Delete(Ballast);

        public void ReadOnly() => Command.Run("mount", "-o", "remount,ro", folder);

        public void Dispose() => Command.Run("umount", folder);
    }
}
