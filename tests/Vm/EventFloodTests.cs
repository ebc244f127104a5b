using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>More events than a socket holds: nothing is lost, what was missed is listed again.</summary>
public sealed class EventFloodTests
{
    private const string Bridge = """
        interfaces:
        - name: br0
          type: linux-bridge
          mtu: 1400
          bridge: { port: [ { name: enp1s1 } ] }
        """;

    [VmFact]
    public void The_daemon_repairs_what_drifted_in_the_middle_of_ten_thousand_events()
    {
        using var node = new RackNode();
        node.Apply("bridge", Bridge);
        using var daemon = node.Daemon();
        // Stopped, so that its socket fills up for sure.
        daemon.Signal("STOP");
        Flood(node);
        node.Rack.Ip("link set br0 mtu 1300");
        node.Rack.Ip("link set enp1s1 nomaster");
        Flood(node);
        daemon.Signal("CONT");

        Assert.True(Wait.Until(() => node.Reader.Mtu("br0") == 1400 && node.Reader.Master("enp1s1") == "br0"), daemon.Log);

        daemon.Says("listed again");
        // And it goes on as before.
        node.Rack.Ip("link set br0 mtu 1350");
        Assert.True(Wait.Until(() => node.Reader.Mtu("br0") == 1400), daemon.Log);
    }

    [VmFact]
    public void Net_watch_shows_the_state_that_came_of_it()
    {
        using var node = new RackNode();
        node.Rack.Ip("link add d0 type dummy");
        var output = new System.Text.StringBuilder();
        using var watch = node.Rack.OnNode(() => AgentBinary.Start(AgentBinary.Program, node.Arguments("net watch -o json")));
        watch.OutputDataReceived += (_, line) =>
        {
            lock (output) output.AppendLine(line.Data);
        };
        watch.BeginOutputReadLine();
        try
        {
            Assert.True(Wait.Until(() => Said("\"start\"")), "net watch did not start");
            Command.Run("kill", "-STOP", $"{watch.Id}");
            Flood(node);
            node.Rack.Ip("link set d0 mtu 1234");
            Flood(node);
            Command.Run("kill", "-CONT", $"{watch.Id}");

            Assert.True(Wait.Until(() => Said("\"relisted\"") && Said("\"1234\"")), Text()[^Math.Min(Text().Length, 2000)..]);
            Command.Run("kill", "-INT", $"{watch.Id}");
            Assert.True(watch.WaitForExit(TimeSpan.FromSeconds(60)), "net watch goes on");
            Assert.Equal(0, watch.ExitCode);
        }
        finally
        {
            if (!watch.HasExited) watch.Kill();
        }

        string Text()
        {
            lock (output) return output.ToString();
        }

        bool Said(string word) => Text().Contains(word, StringComparison.Ordinal);
    }

    /// <summary>5,000 events: a thousand links made, set up, changed, and removed again.</summary>
    private static void Flood(RackNode node)
    {
        var links = Enumerable.Range(0, 1000).Select(i => $"f{i}").ToList();
        node.Rack.IpBatch(string.Concat(links.Select(l => $"link add {l} type dummy\nlink set {l} up\nlink set {l} mtu 1400\nlink set {l} group 7\n")));
        node.Rack.Ip("link del group 7");
    }
}
