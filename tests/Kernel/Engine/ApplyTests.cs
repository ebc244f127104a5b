using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>Transactions on a real kernel, with what every kernel has: bridges, veths, macvlans, addresses and routes.</summary>
public sealed class ApplyTests
{
    private const string Bridge = """
        interfaces:
        - name: nic0
          type: ethernet
          state: up
          mtu: 1400
        - name: br0
          type: linux-bridge
          state: up
          ipv4: { enabled: true, address: [ { ip: 10.9.0.1, prefix-length: 24 } ] }
          bridge:
            options: { mac-ageing-time: 120, stp: { enabled: false } }
            port:
            - { name: nic0, stp-path-cost: 50 }
        routes:
          config:
          - { destination: 10.77.0.0/16, next-hop-address: 10.9.0.254, next-hop-interface: br0 }
        """;

    [SkippableFact]
    public void A_document_is_applied_read_back_and_leaves_nothing_to_plan() => OnNode(node =>
    {
        var result = node.MustApply(Bridge);
        Assert.NotNull(result.Transaction);
        Assert.Contains("master br0", Command.Line("ip link show nic0"), StringComparison.Ordinal);
        Assert.Contains("mtu 1400", Command.Line("ip link show nic0"), StringComparison.Ordinal);
        Assert.Contains("ageing_time 12000", Command.Line("ip -d link show br0"), StringComparison.Ordinal);
        Assert.Contains("cost 50", Command.Line("ip -d link show nic0"), StringComparison.Ordinal);
        Assert.Contains("10.9.0.1/24", Command.Line("ip addr show br0"), StringComparison.Ordinal);
        Assert.Contains("via 10.9.0.254 dev br0", Command.Line("ip route show 10.77.0.0/16"), StringComparison.Ordinal);
        var again = node.Engine.Plan(TestEngine.Document(Bridge), new HashSet<string>());
        Assert.Empty(again.Errors);
        Assert.Empty(again.Plan.Steps);
        Assert.Equal(ApplyOutcome.NothingToDo, node.Apply(Bridge).Outcome);
    });

    [SkippableFact]
    public void Deleting_a_policy_puts_back_what_it_changed() => OnNode(node =>
    {
        var before = NodePicture.Of(node.Engine.Observe());
        node.MustApply(Bridge);
        node.MustApply(Bridge.Replace("mtu: 1400", "mtu: 1300", StringComparison.Ordinal));
        var result = node.Delete("test");
        Assert.True(result.Outcome == ApplyOutcome.Committed, result.Message);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
        Assert.Empty(node.Engine.Policies());
        Assert.Equal(ApplyOutcome.Failed, node.Delete("test").Outcome);
    });

    [SkippableFact]
    public void A_kept_transaction_can_be_rolled_back() => OnNode(node =>
    {
        var before = NodePicture.Of(node.Engine.Observe());
        node.MustApply(Bridge);
        var result = node.Engine.Rollback(null, new HashSet<string>(), null, CancellationToken.None);
        Assert.True(result.Outcome == ApplyOutcome.Committed, result.Message);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
        Assert.Empty(node.Engine.Policies());
    });

    [SkippableFact]
    public void A_kernel_refusal_in_the_middle_leaves_the_node_as_before_with_the_reason() => OnNode(node =>
    {
        var before = NodePicture.Of(node.Engine.Observe());
        // A veth's largest MTU is 65535, a macvlan cannot exceed its base: the kernel knows, the document cannot.
        var result = node.Apply("""
            interfaces:
            - name: br0
              type: linux-bridge
              bridge: { port: [ { name: nic0 } ] }
            - name: vx0
              type: vxlan
              vxlan: { id: 5, remote: 10.9.0.2, base-iface: nic1 }
            - name: vx1
              type: vxlan
              vxlan: { id: 5, remote: 10.9.0.2, base-iface: nic1 }
            """);
        Assert.True(result.Outcome == ApplyOutcome.RolledBack, $"{result.Outcome}: {result.Message}");
        Assert.Contains("vx1", result.Message, StringComparison.Ordinal);
        Assert.Contains("EEXIST", result.Message, StringComparison.Ordinal);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
        Assert.Empty(node.Engine.Policies());
    }, LinkKinds.Vxlan);

    [SkippableFact]
    public void What_others_add_is_left_alone() => OnNode(node =>
    {
        node.MustApply(Bridge);
        Command.Line("ip link add tapvm type veth peer name tapvm-in");
        Command.Line("ip link set tapvm master br0 up");
        Command.Line("ip addr add 10.9.0.77/32 dev br0");
        Assert.Equal(ApplyOutcome.NothingToDo, node.Apply(Bridge).Outcome);
        Assert.Contains("master br0", Command.Line("ip link show tapvm"), StringComparison.Ordinal);
        Assert.Contains("10.9.0.77/32", Command.Line("ip addr show br0"), StringComparison.Ordinal);
    });

    [SkippableFact]
    public void Removing_the_link_of_the_default_route_is_refused_and_named_links_pass() => OnNode(node =>
    {
        node.MustApply(Bridge);
        Command.Line("ip route add default via 10.9.0.254 dev br0");
        const string remove = """
            interfaces:
            - { name: br0, type: linux-bridge, state: absent }
            """;
        // The policy that made br0 is in force and wants it: that the default route would go is said first, that the two disagree beside it.
        var refused = node.Apply(remove, "remove");
        Assert.True(refused.Outcome == ApplyOutcome.Refused, $"{refused.Outcome}: {refused.Message}");
        Assert.Contains(refused.Causes, c => c.Contains("two policies", StringComparison.Ordinal));
        Assert.NotEmpty(node.Engine.Plan(TestEngine.Document(remove, "remove"), new HashSet<string>()).Plan.Refusals);
        Assert.Equal(ApplyOutcome.Invalid, node.Apply(remove, "remove", allow: new HashSet<string> { "br0" }).Outcome);
        node.Engine.Tools.Policies.Store("test", null);
        refused = node.Apply(remove, "remove");
        Assert.True(refused.Outcome == ApplyOutcome.Refused, $"{refused.Outcome}: {refused.Message}");
        Assert.Contains("default route", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-disrupt br0", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(node.Engine.Observe().Find("br0"));
        var allowed = node.Apply(remove, "remove", allow: new HashSet<string> { "br0" });
        Assert.True(allowed.Outcome == ApplyOutcome.Committed, allowed.Message);
        Assert.Null(node.Engine.Observe().Find("br0"));
    });

    [SkippableFact]
    public void Two_policies_that_want_different_things_are_refused_naming_both() => OnNode(node =>
    {
        node.MustApply(Bridge, "first");
        var result = node.Apply("interfaces: [ { name: nic0, type: ethernet, mtu: 1280 } ]", "second");
        Assert.Equal(ApplyOutcome.Invalid, result.Outcome);
        Assert.Contains(result.Errors, e => e.ToString().Contains("first", StringComparison.Ordinal) && e.ToString().Contains("second", StringComparison.Ordinal) && e.ToString().Contains("mtu", StringComparison.Ordinal));
    });

    [SkippableFact]
    public void A_probe_that_passed_before_and_not_after_rolls_back() => OnNode(node =>
    {
        Command.Line("ip addr add 10.8.0.1/24 dev nic1");
        Command.Line("ip link set nic1 up");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Parse("10.8.0.1"), 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var before = NodePicture.Of(node.Engine.Observe());
        var probe = new ProbeSpec { Kind = ProbeKind.Tcp, Host = "10.8.0.1", Port = port, Timeout = TimeSpan.FromMilliseconds(300) };
        var result = node.Apply("""
            interfaces:
            - { name: nic1, type: ethernet, ipv4: { enabled: true, address: [ { ip: 10.8.0.9, prefix-length: 24 } ] } }
            """, probes: [probe]);
        Assert.True(result.Outcome == ApplyOutcome.RolledBack, $"{result.Outcome}: {result.Message}");
        Assert.Contains("passed before the change", result.Message, StringComparison.Ordinal);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
    });

    [SkippableFact]
    public void The_configured_probes_hold_for_documents_that_name_none() => OnNode(_ =>
    {
        Command.Line("ip addr add 10.8.0.1/24 dev nic1");
        Command.Line("ip link set nic1 up");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Parse("10.8.0.1"), 0);
        listener.Start();
        var probe = new ProbeSpec { Kind = ProbeKind.Tcp, Host = "10.8.0.1", Port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port, Timeout = TimeSpan.FromMilliseconds(300) };
        using var node = new TestEngine(new NodeAgent.Network.EngineOptions { Probes = () => [probe] });
        var request = new ApplyRequest { Document = TestEngine.Document("interfaces: [ { name: nic1, type: ethernet, ipv4: { enabled: false } } ]") };
        var result = node.Engine.Apply(request, null, CancellationToken.None);
        Assert.True(result.Outcome == ApplyOutcome.RolledBack, $"{result.Outcome}: {result.Message}");
        Assert.Contains("passed before the change", result.Message, StringComparison.Ordinal);
    });

    [SkippableFact]
    public void Unconfirmed_changes_go_and_confirmed_ones_stay() => OnNode(node =>
    {
        var before = NodePicture.Of(node.Engine.Observe());
        var gone = node.Apply(Bridge, confirm: TimeSpan.FromMilliseconds(300));
        Assert.True(gone.Outcome == ApplyOutcome.RolledBack, gone.Message);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));

        var reply = new TransactionReply(false, "");
        var helper = new Thread(() =>
        {
            using var other = new NodeAgent.Network.NetworkEngine(node.Options);
            while (other.Waiting() is null) Thread.Sleep(10);
            reply = other.Confirm(null);
        });
        helper.Start();
        var kept = node.Apply(Bridge, confirm: TimeSpan.FromMinutes(5));
        helper.Join();
        Assert.True(kept.Outcome == ApplyOutcome.Committed, kept.Message);
        Assert.True(reply.Done, reply.Message);
    });

    [SkippableFact]
    public void Many_links_come_and_go_together_and_no_other_one_with_them() => OnNode(node =>
    {
        Command.Line("ip link add link nic1 name other type macvlan mode bridge");
        var before = NodePicture.Of(node.Engine.Observe());
        var links = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"- {{ name: mv{i}, type: mac-vlan, STATE mac-vlan: {{ base-iface: nic0, mode: bridge }} }}"));
        node.MustApply("interfaces:\n" + links.Replace("STATE", "", StringComparison.Ordinal));
        Assert.Equal(200, node.Engine.Observe().UppersOf("nic0").Count);
        node.Engine.Tools.Policies.Store("test", null);
        node.MustApply("interfaces:\n" + links.Replace("STATE", "state: absent,", StringComparison.Ordinal), "gone");
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
    });

    [SkippableFact]
    public void IPv6_addresses_and_routes_are_applied_and_taken_away_again() => OnNode(node =>
    {
        var before = NodePicture.Of(node.Engine.Observe());
        const string document = """
            interfaces:
            - name: nic0
              type: ethernet
              state: up
              ipv6: { enabled: true, address: [ { ip: "2001:db8::1", prefix-length: 64 } ] }
            routes:
              config:
              - { destination: "2001:db8:77::/48", next-hop-address: "2001:db8::fe", next-hop-interface: nic0 }
              - { destination: "::/0", next-hop-address: "2001:db8::ff", next-hop-interface: nic0, metric: 50 }
            """;
        node.MustApply(document);
        Assert.Contains("2001:db8::1/64", Command.Line("ip -6 addr show nic0"), StringComparison.Ordinal);
        Assert.Contains("via 2001:db8::fe dev nic0", Command.Line("ip -6 route show 2001:db8:77::/48"), StringComparison.Ordinal);
        Assert.Contains("metric 50", Command.Line("ip -6 route show default"), StringComparison.Ordinal);
        Assert.Equal(ApplyOutcome.NothingToDo, node.Apply(document).Outcome);
        var deleted = node.Delete("test");
        Assert.True(deleted.Outcome == ApplyOutcome.Refused, deleted.Message);
        deleted = node.Engine.Delete("test", new HashSet<string> { "nic0" }, null, CancellationToken.None);
        Assert.True(deleted.Outcome == ApplyOutcome.Committed, deleted.Message);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
    });

    [SkippableFact]
    public void A_transaction_that_a_restart_of_the_node_cut_off_is_not_undone_on_the_new_kernel() => OnNode(node =>
    {
        node.MustApply(Bridge);
        var record = node.Engine.Tools.Journal.ReadAll()[0];
        node.Engine.Tools.Journal.Write(record with { State = TransactionState.Open, Boot = "another" });
        Assert.Contains("restart", Assert.Single(node.Engine.Recover(null)), StringComparison.Ordinal);
        Assert.NotNull(node.Engine.Observe().Find("br0"));
        node.Engine.Tools.Journal.Write(record with { State = TransactionState.Open });
        Assert.Contains("rolled back", Assert.Single(node.Engine.Recover(null)), StringComparison.Ordinal);
        Assert.Null(node.Engine.Observe().Find("br0"));
    });

    [SkippableFact]
    public void A_state_folder_that_cannot_be_written_changes_nothing() => OnNode(node =>
    {
        var before = NodePicture.Of(node.Engine.Observe());
        File.WriteAllText(Path.Combine(node.State, "transactions"), "in the way");
        var result = node.Apply(Bridge);
        Assert.Equal(ApplyOutcome.Failed, result.Outcome);
        Assert.Contains("nothing was changed", result.Message, StringComparison.Ordinal);
        Assert.Equal(before, NodePicture.Of(node.Engine.Observe()));
    });

    [SkippableFact]
    public void An_older_transaction_that_cannot_be_filed_is_named_as_what_is_in_the_way() => OnNode(node =>
    {
        node.MustApply(Bridge);
        var record = node.Engine.Tools.Journal.ReadAll()[0];
        node.Engine.Tools.Journal.Write(record with { State = TransactionState.Committed, LedgerAfter = node.Engine.Tools.Ledger.Load().ToJson() });
        Directory.CreateDirectory(Path.Combine(node.State, "ledger.json.new"));
        var result = node.Apply("interfaces: [ { name: nic1, type: ethernet, mtu: 1280 } ]", "second");
        Assert.Equal(ApplyOutcome.Failed, result.Outcome);
        Assert.Contains("an older transaction", result.Message, StringComparison.Ordinal);
        Assert.Contains("not begun", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing was changed", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mtu 1280", Command.Line("ip link show nic1"), StringComparison.Ordinal);
    });

    internal static void OnNode(Action<TestEngine> act, params string[] features)
    {
        KernelSupport.Require([LinkKinds.Veth, LinkKinds.Bridge, LinkKinds.Macvlan, .. features]);
        NetworkNamespace.Run(() =>
        {
            foreach (var nic in new[] { "nic0", "nic1" })
            {
                Command.Line($"ip link add {nic} type veth peer name {nic}-peer");
                Command.Line($"ip link set {nic}-peer up");
            }

            using var node = new TestEngine();
            act(node);
        });
    }
}
