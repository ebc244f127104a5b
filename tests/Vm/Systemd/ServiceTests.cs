using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm.Systemd;

/// <summary>The unit under systemd: its start and end, what it may do, what it says.</summary>
public sealed partial class ServiceTests
{
    private const double MostExposure = 3.4;

    private const string Bridge = """
        interfaces:
        - name: br0
          type: linux-bridge
          state: up
          mtu: 1400
          bridge: { port: [ { name: enp1s1 } ] }
        """;

    /// <summary>Bonds, VLANs, a bridge and routes, with capabilities, system calls, files and devices cut down to what the unit allows.</summary>
    [VmFact]
    public void Layout_a_is_in_force_when_the_start_ends()
    {
        using var node = new ServiceNode();
        ServiceNode.Policy("layout-a", File.ReadAllText(AgentBinary.Example("layout-a.yaml")));

        node.Start();

        Assert.Equal(("active", "1 policy in force"), (ServiceNode.State, ServiceNode.StatusText));
        Assert.Equal("bond", $"{Iproute.Link("bond_data")["linkinfo"]!["info_kind"]}");
        Assert.Equal("br0", $"{Iproute.Link("bond_data")["master"]}");
        Assert.Equal(20, (int)Iproute.LinkData("bond_data.20")["id"]!);
        Assert.Contains("10.20.30.1", Command.Line("ip route show default"), StringComparison.Ordinal);
    }

    [VmFact]
    public void Its_exposure_is_held_down()
    {
        using var node = new ServiceNode();
        var report = Command.Run("systemd-analyze", "security", "--no-pager", ServiceNode.Service);
        var exposure = Exposure().Match(report);
        Assert.True(exposure.Success, report);
        Assert.True(double.Parse(exposure.Groups[1].Value, CultureInfo.InvariantCulture) <= MostExposure, report);
    }

    [VmFact]
    public void The_units_have_no_mistakes()
    {
        using var node = new ServiceNode();
        var (status, output, error) = Command.Try("systemd-analyze", "verify", ServiceNode.Service, ServiceNode.Socket);
        Assert.Equal((0, "", ""), (status, output, error));
    }

    [VmFact]
    public void The_journal_has_priorities_and_the_status_follows()
    {
        using var node = new ServiceNode();
        ServiceNode.Policy("bridge", Bridge);
        node.Start();
        node.Says("6 policy bridge");

        Iproute.Ip("link set br0 mtu 1300");
        node.Says("4 br0: mtu was 1300");
        node.Says("6 repaired br0");

        ServiceNode.Policy("watched", """
            apiVersion: nodeagent.dev/v1alpha1
            kind: NodeNetworkPolicy
            metadata: { name: watched }
            spec:
              mode: observe
              desiredState: { interfaces: [ { name: br1, type: linux-bridge, state: up } ] }
            """);
        Assert.True(Wait.Until(() => ServiceNode.StatusText.StartsWith("1 of 2 policies in force; watched: drifted", StringComparison.Ordinal)), ServiceNode.StatusText);
    }

    [VmFact]
    public void A_probe_of_a_gateway_works()
    {
        using var node = new ServiceNode();
        Iproute.Ip("netns add far");
        try
        {
            Iproute.Ip("link set p-enp2s0 netns far");
            foreach (var line in new[] { "link set lo up", "link set p-enp2s0 up", "address add 10.77.0.1/24 dev p-enp2s0" }) Iproute.Ip("-n far " + line);
            ServiceNode.Policy("way", Way(1500));
            node.Start();

            // Now the gateway answers before the change, so it must after it.
            ServiceNode.Policy("way", Way(1400));
            Assert.True(Wait.Until(() => (int)Iproute.Link("enp2s0")["mtu"]! == 1400 && ServiceNode.StatusText == "1 policy in force"), string.Join('\n', node.Journal()));

            // And where it no longer does, the change is undone.
            ServiceNode.Policy("way", Way(1300).Replace("10.77.0.2", "10.78.0.2", StringComparison.Ordinal));
            node.Says("policy way is not in force");
            Assert.Equal(1400, (int)Iproute.Link("enp2s0")["mtu"]!);
        }
        finally
        {
            Command.Try("ip", "netns", "del", "far");
        }
    }

    [VmFact]
    public void A_multipathd_that_dies_leaves_device_mappers_own_word()
    {
        using var rack = StorageRack.Create();
        using var node = new ServiceNode();
        node.Start();
        Await("multipathd", "healthy");

        rack.Multipathd!.Kill();
        rack.Message("fail_path", StorageRack.Disks[0]);

        Await("device-mapper", "no redundancy");

        void Await(string source, string verdict)
        {
            var said = "";
            Assert.True(Wait.Until(() => Says(source, verdict, out said)), said);
        }

        static bool Says(string source, string verdict, out string said)
        {
            said = ServiceNode.Agent("storage", "show", "-o", "json").Output;
            var storage = JsonNode.Parse(said)!;
            return ($"{storage["source"]!["state"]}", $"{storage["maps"]!.AsArray().FirstOrDefault()?["verdict"]}") == (source, verdict);
        }
    }

    /// <summary>In a folder that only its user may enter: seen with CAP_SYS_PTRACE, connected to with CAP_DAC_OVERRIDE.</summary>
    [VmFact]
    public void A_guest_of_another_user_is_read_by_its_monitor()
    {
        Skip.IfNot(Command.Has("qemu-system-x86_64"), "qemu-system-x86_64 is not installed");
        var folder = Directory.CreateTempSubdirectory("nodeagent-guest-");
        Command.Run("chown", "107:107", folder.FullName);
        var uuid = Guid.NewGuid().ToString();
        using var guest = System.Diagnostics.Process.Start("setpriv", ["--reuid", "107", "--regid", "107", "--clear-groups", "--pdeathsig", "KILL", "qemu-system-x86_64",
            "-M", "none", "-nodefaults", "-display", "none", "-S", "-uuid", uuid, "-name", "theirs", "-qmp", $"unix:{folder.FullName}/own.sock,server=on,wait=off", "-qmp", $"unix:{folder.FullName}/qmp.sock,server=on,wait=off"]);
        try
        {
            using var node = new ServiceNode();
            node.Start();
            var said = "";
            Assert.True(Wait.Until(() => SourceOf(uuid, out said) == "qmp"), said + string.Join('\n', node.Journal()));
        }
        finally
        {
            guest.Kill();
            guest.WaitForExit();
            folder.Delete(recursive: true);
        }

        static string? SourceOf(string uuid, out string said)
        {
            said = ServiceNode.Agent("migration", "list", "--guests", "-o", "json").Output;
            return said.Length == 0 ? null : $"{JsonNode.Parse(said)!["guests"]!.AsArray().FirstOrDefault(g => $"{g!["uuid"]}" == uuid)?["source"]}";
        }
    }

    [VmFact]
    public void Its_end_leaves_the_network_and_takes_the_socket()
    {
        using var node = new ServiceNode();
        ServiceNode.Policy("bridge", Bridge);
        node.Start();
        Assert.True(Wait.Until(() => File.Exists(ServiceNode.SocketPath)), string.Join('\n', node.Journal()));

        ServiceNode.Systemctl("stop", ServiceNode.Service);

        Assert.Equal(("inactive", "success"), (ServiceNode.State, ServiceNode.Show("Result")));
        Assert.False(File.Exists(ServiceNode.SocketPath));
        Assert.Equal("br0", $"{Iproute.Link("enp1s1")["master"]}");
    }

    [VmFact]
    public void It_is_ready_before_whatever_waits_for_the_network_starts()
    {
        using var node = new ServiceNode();
        ServiceNode.Policy("bridge", Bridge);
        // Both in one transaction, as at the boot, and in an order between them through the target alone.
        File.WriteAllText("/run/systemd/system/waits.service", "[Unit]\nAfter=network.target\nWants=network.target nodeagent.service\n[Service]\nType=oneshot\nExecStart=/bin/sh -c 'ip link show br0 >/run/waits'\n");
        ServiceNode.Systemctl("daemon-reload");
        File.Delete("/run/waits");

        // As at the boot: what it comes before has not been reached yet.
        ServiceNode.Systemctl("stop", "network.target");
        ServiceNode.Systemctl("start", "waits.service");

        Assert.Contains("mtu 1400", File.ReadAllText("/run/waits"), StringComparison.Ordinal);
        Assert.DoesNotContain("network-online.target", ServiceNode.Show("After") + ServiceNode.Show("Wants") + ServiceNode.Show("Requires"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Overall exposure level for nodeagent\.service: ([0-9.]+)")]
    private static partial Regex Exposure();

    private static string Way(int mtu) => $$"""
        apiVersion: nodeagent.dev/v1alpha1
        kind: NodeNetworkPolicy
        metadata: { name: way }
        spec:
          probes: [ { gateway: { host: 10.77.0.1 }, timeout: 2s } ]
          allowDisrupt: [ enp2s0 ]
          desiredState:
            interfaces:
            - name: enp2s0
              type: ethernet
              state: up
              mtu: {{mtu}}
              ipv4: { enabled: true, address: [ { ip: 10.77.0.2, prefix-length: 24 } ] }
        """;
}
