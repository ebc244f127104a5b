using System.Text.Json.Nodes;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>The real daemon beside real migrations, asked as an operator asks it.</summary>
[Collection(nameof(WholeNode))]
public sealed class MigrationTests
{
    private const string Outgoing = "outgoing", Incoming = "incoming";

    [SkippableFact]
    public void A_migration_is_seen_from_its_start_to_its_end_and_both_of_its_ends_are_told_apart()
    {
        const string name = "team_a/Grüße 你好\n\"1\",x";
        using var source = QemuGuest.Running(Guests.Quiet(name));
        using var destination = source.Destination();
        var uuid = source.Options.Uuid;
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 20, Tcp = true });
        using var agent = new RealAgent();
        agent.WaitUntilRead(uuid);
        var guests = agent.Guests(uuid).ToDictionary(static g => g["pid"]!.GetValue<int>());
        Assert.Equal((false, true), (guests[source.Pid]["incoming"]!.GetValue<bool>(), guests[destination.Pid]["incoming"]!.GetValue<bool>()));
        Assert.All(guests.Values, g => Assert.Equal((name, 128L << 20, 1), (g["domain"]!.GetValue<string>(), g["memoryBytes"]!.GetValue<long>(), g["vcpus"]!.GetValue<int>())));
        Assert.DoesNotContain(agent.Show("migration", "list", "--guests").Split('\n'), static line => line.StartsWith('"'));

        using var watch = agent.Watch();
        agent.WaitUntilRead(uuid);
        migration.Start();
        Assert.Equal("completed", migration.WaitForEnd());
        Assert.Equal(("completed", "completed"), (Phase(watch.First("ended", uuid, Outgoing)), Phase(watch.First("ended", uuid, Incoming))));
        Assert.False(watch.First("started", uuid, Outgoing)["foundUnderWay"]!.GetValue<bool>());
        Assert.Equal(name, watch.First("started", uuid, Outgoing)["guest"]!["domain"]!.GetValue<string>());
        Assert.Contains(watch.Of("sample", uuid, Outgoing), static l => l["counters"]?["transferredBytes"]?.GetValue<long>() > 0);
        Assert.Equal("done", watch.Of("verdict", uuid, Outgoing)[^1]["verdict"]!.GetValue<string>());

        var ends = agent.History(uuid).ToDictionary(static m => m["direction"]!.GetValue<string>());
        Assert.Equal(2, ends.Count);
        Assert.All(ends.Values, static end => Assert.Equal("completed", Phase(end)));
        var sent = ends[Outgoing]["counters"]!["transferredBytes"]!.GetValue<long>();
        Assert.Equal(migration.Query()["ram"]!["transferred"]!.GetValue<long>(), sent);
        Assert.NotNull(ends[Outgoing]["downtimeMilliseconds"]);
        Assert.Contains("Grüße", agent.Show("migration", "history"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_agent_that_is_killed_in_mid_migration_picks_it_up_again_and_its_history_is_whole()
    {
        using var source = QemuGuest.Running(Guests.Busy());
        using var destination = source.Destination();
        var uuid = source.Options.Uuid;
        var migration = new LiveMigration(source, destination, Guests.Endless);
        using var agent = new RealAgent();
        agent.WaitUntilRead(uuid);
        JsonNode before;
        using (var watch = agent.Watch())
        {
            migration.Start();
            Assert.True(Wait.Until(() => watch.Of("pass", uuid, Outgoing).Length >= 2, 60), agent.Said);
            before = Assert.Single(agent.Migrations(uuid), IsOutgoing);
            agent.Kill();
        }

        agent.Start();
        Assert.True(Wait.Until(() => agent.Migrations(uuid).Any(IsOutgoing)), agent.Said);
        var after = Assert.Single(agent.Migrations(uuid), IsOutgoing);
        Assert.Equal((Id(before), Started(before)), (Id(after), Started(after)));
        Assert.Equal(Numbers(before), Numbers(after).Take(Numbers(before).Length));
        migration.Limit(1024, 5000);
        Assert.Equal("completed", migration.WaitForEnd());
        Assert.True(Wait.Until(() => agent.History(uuid).Any(IsOutgoing)), agent.Said);
        var end = Assert.Single(agent.History(uuid), IsOutgoing);
        Assert.Equal((Id(before), "completed", Started(before)), (Id(end), Phase(end), Started(end)));
        Assert.Equal(Numbers(before), Numbers(end).Take(Numbers(before).Length));
        Assert.Equal("done", end["verdicts"]!.AsArray()[^1]!["verdict"]!.GetValue<string>());
    }

    [SkippableFact]
    public void A_destination_that_is_killed_fails_the_migration_at_both_of_its_ends() => InMidMigration((source, destination, agent, watch) =>
    {
        var uuid = source.Options.Uuid;
        destination.Kill();
        Assert.Equal(("failed", "failed"), (Phase(watch.First("ended", uuid, Outgoing)), Phase(watch.First("ended", uuid, Incoming))));
        Assert.Equal(source.Pid, Assert.Single(agent.Guests(uuid))["pid"]!.GetValue<int>());
    });

    [SkippableFact]
    public void A_guest_that_is_killed_ends_its_migration_with_the_reason() => InMidMigration((source, _, agent, watch) =>
    {
        var uuid = source.Options.Uuid;
        source.Kill();
        Assert.NotEqual("completed", Phase(watch.First("ended", uuid, Outgoing)));
        var end = Assert.Single(agent.History(uuid), IsOutgoing);
        Assert.StartsWith($"QEMU ended (pid {source.Pid}) in pass ", end["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(Wait.Until(() => agent.Guests(uuid).Length == 0), "its destination ended with it");
    });

    /// <summary>Acts once a migration that would not end has begun, with the agent and a watch beside it.</summary>
    private static void InMidMigration(Action<QemuGuest, QemuGuest, RealAgent, AgentWatch> act)
    {
        using var source = QemuGuest.Running(Guests.Busy());
        using var destination = source.Destination();
        var uuid = source.Options.Uuid;
        var migration = new LiveMigration(source, destination, Guests.Endless);
        using var agent = new RealAgent();
        using var watch = agent.Watch();
        agent.WaitUntilRead(uuid);
        migration.Start();
        watch.First("pass", uuid, Outgoing);
        act(source, destination, agent, watch);
    }

    private static bool IsOutgoing(JsonNode migration) => migration["direction"]!.GetValue<string>() == Outgoing;

    private static string Phase(JsonNode one) => one["phase"]!.GetValue<string>();

    private static string Id(JsonNode migration) => migration["id"]!.GetValue<string>();

    private static string Started(JsonNode migration) => migration["started"]!.GetValue<string>();

    private static long[] Numbers(JsonNode migration) => [.. migration["passes"]!.AsArray().Select(static p => p!["number"]!.GetValue<long>())];
}
