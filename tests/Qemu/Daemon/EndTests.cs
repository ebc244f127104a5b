using System.Text.Json.Nodes;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>What the real daemon tells of ends that are not a success, and of what it was not there for.</summary>
[Collection(nameof(WholeNode))]
public sealed class EndTests
{
    private const string Outgoing = "outgoing", Incoming = "incoming";

    [SkippableFact]
    public void A_cancel_is_told_as_cancelling_and_both_ends_were_cancelled()
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
        migration.Cancel();
        Assert.Equal(("cancelled", "cancelled"), (Phase(watch.First("ended", uuid, Outgoing)), Phase(watch.First("ended", uuid, Incoming))));
        Assert.Equal(["setup", "precopy", "cancelling"], Phases(Assert.Single(agent.History(uuid), static m => Is(m, Outgoing))));
        Assert.DoesNotContain("precopy", watch.Of("phase", uuid, Outgoing).Skip(1).Select(Phase));
    }

    [SkippableFact]
    public void A_migration_that_completes_while_the_agent_is_away_is_recorded_with_the_phases_and_passes_of_before()
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
            watch.First("pass", uuid, Outgoing);
            before = Assert.Single(agent.Migrations(uuid), static m => Is(m, Outgoing));
            agent.Kill();
        }

        migration.Limit(1024, 5000);
        Assert.Equal("completed", migration.WaitForEnd());
        agent.Start();
        Assert.True(Wait.Until(() => agent.History(uuid).Length == 2, 60), agent.Said);
        var ends = agent.History(uuid).ToDictionary(static m => m["direction"]!.GetValue<string>());
        Assert.All(ends.Values, static end => Assert.Equal("completed", Phase(end)));
        var end = ends[Outgoing];
        Assert.Equal((before["id"]!.GetValue<string>(), before["started"]!.GetValue<string>()), (end["id"]!.GetValue<string>(), end["started"]!.GetValue<string>()));
        Assert.Equal(["setup", "precopy"], Phases(end).Take(2));
        Assert.NotEmpty(end["passes"]!.AsArray());
        Assert.Equal("done", end["verdicts"]!.AsArray()[^1]!["verdict"]!.GetValue<string>());
        Assert.Equal(migration.Query()["ram"]!["transferred"]!.GetValue<long>(), end["counters"]!["transferredBytes"]!.GetValue<long>());
    }

    [SkippableFact]
    public void A_migration_whose_monitor_somebody_took_while_the_agent_was_away_is_closed_and_the_guest_says_what_to_do()
    {
        using var source = QemuGuest.Running(Guests.Busy());
        using var destination = source.Destination();
        var uuid = source.Options.Uuid;
        var migration = new LiveMigration(source, destination, Guests.Endless);
        using var agent = new RealAgent();
        agent.WaitUntilRead(uuid);
        using (var watch = agent.Watch())
        {
            migration.Start();
            watch.First("pass", uuid, Outgoing);
            agent.Kill();
        }

        using var somebody = new QmpMonitor(source.FreeSocket);
        agent.Start();
        Assert.True(Wait.Until(() => agent.History(uuid).Any(static m => Is(m, Outgoing)), 60), agent.Said);
        var end = Assert.Single(agent.History(uuid), static m => Is(m, Outgoing));
        Assert.Equal("unknown", Phase(end));
        Assert.StartsWith("the agent was restarted in mid-migration and cannot ask for it any more: another client", end["error"]!.GetValue<string>(), StringComparison.Ordinal);
        var guest = Assert.Single(agent.Guests(uuid), g => g["pid"]!.GetValue<int>() == source.Pid);
        Assert.Equal("proc", guest["source"]!.GetValue<string>());
        Assert.Contains("give the agent one of its own", guest["limitation"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("its migrations are not seen: another client", agent.Show("migration", "list", "--guests"), StringComparison.Ordinal);
        Assert.Contains($"(pid {source.Pid}): its migrations are not seen: another client", agent.Said, StringComparison.Ordinal);
        Assert.Equal("active", migration.Status);
    }

    private static bool Is(JsonNode migration, string direction) => migration["direction"]!.GetValue<string>() == direction;

    private static string Phase(JsonNode one) => one["phase"]!.GetValue<string>();

    private static string[] Phases(JsonNode migration) => [.. migration["phases"]!.AsArray().Select(static p => p!["phase"]!.GetValue<string>())];
}
