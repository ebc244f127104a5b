using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Migration;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Libvirt;

/// <summary>All of the agent that migrations take, beside two real nodes: it finds the guests by itself, and both ends of one migration are its own.</summary>
[Collection(nameof(WholeNode))]
public sealed class AgentTests(TwoNodes nodes) : IClassFixture<TwoNodes>, IDisposable
{
    private readonly HostTree _tree = HostTree.Empty();
    private LibvirtGuest? _domain;

    private LibvirtNode Source => nodes.Source;

    private LibvirtNode Destination => nodes.Destination;

    private string Uuid => _domain!.Uuid.ToString();

    public void Dispose()
    {
        _domain?.End(Source, Destination);
        _tree.Dispose();
    }

    [SkippableFact]
    public void A_migration_between_two_nodes_is_two_records_also_where_libvirt_stands_still_meanwhile()
    {
        _domain = new LibvirtGuest("prod_vm 1").Start(Source);
        using var room = Room();
        Source.Virsh("migrate-setspeed", _domain.Name, "12");
        using var migration = Source.Migrate(_domain, Destination);
        AwaitActive(room.Board);
        Source.Signal("STOP");
        Assert.True(Wait.Until(() => Under(room.Board, MigrationDirection.Outgoing) is { Limitation: not null, Ended: null }, 60), "it is not said that libvirt does not answer");
        Source.Signal("CONT");
        Assert.True(Wait.Until(() => Under(room.Board, MigrationDirection.Outgoing).Limitation is null, 60), "it is still said that libvirt does not answer");
        Assert.Equal(0, LibvirtNode.AwaitEnd(migration));
        var (outgoing, incoming) = AwaitRecords(room.Board);
        Assert.Equal((MigrationOutcome.Completed, MigrationOutcome.Completed, GuestSourceKind.Libvirt), (outgoing.Outcome, incoming.Outcome, outgoing.Source));
        Assert.Equal(_domain.Name, outgoing.Domain);
        Assert.InRange(outgoing.Passes ?? 0, 1, 100);
        Assert.InRange(outgoing.TransferredBytes ?? 0, 8 << 20, 1 << 30);
        Assert.InRange(outgoing.Downtime ?? default, TimeSpan.FromMilliseconds(1), outgoing.Ended - outgoing.Started + TimeSpan.FromSeconds(5));
    }

    [SkippableFact]
    public void A_migration_whose_destination_dies_is_no_success_at_either_end_and_each_says_what_is_known()
    {
        _domain = new LibvirtGuest("prod_vm 2") { HotRate = 24 }.Start(Source);
        using var room = Room();
        Source.Virsh("migrate-setspeed", _domain.Name, "8");
        using var migration = Source.Migrate(_domain, Destination);
        AwaitActive(room.Board);
        Assert.True(Wait.Until(() => Under(room.Board, MigrationDirection.Incoming).Id is not null, 60), "the destination is not seen");
        Command.Run("kill", "-KILL", Destination.Guest(_domain).Process.Pid.ToString(CultureInfo.InvariantCulture));
        Assert.NotEqual(0, LibvirtNode.AwaitEnd(migration));
        var (outgoing, incoming) = AwaitRecords(room.Board);

        // libvirt says that it failed only in the moment before it forgets the job: who asks later hears that it may have.
        if (outgoing.Outcome != MigrationOutcome.Failed) Assert.Equal(MigrationOutcome.Cancelled, outgoing.Outcome);
        if (outgoing.Outcome == MigrationOutcome.Cancelled) Assert.Contains("or failed", outgoing.Reason, StringComparison.Ordinal);
        Assert.InRange(outgoing.TransferredBytes ?? 0, 1, 1 << 30);

        // The other end takes that word, where it came in time.
        if (incoming.Outcome != outgoing.Outcome) Assert.Equal(MigrationOutcome.Failed, incoming.Outcome);
        if (incoming.Outcome == MigrationOutcome.Failed) Assert.Matches("^(QEMU of the destination ended before the guest ran here|the guest did not get here)", incoming.Reason);
    }

    /// <summary>Looks for guests, and has found the one there is.</summary>
    private MigrationRoom Room()
    {
        var room = new MigrationRoom(HostPaths.Default with { State = _tree.Paths.State, Run = _tree.Paths.Run }, 1, new MigrationSettings(), TimeProvider.System, NullLogger.Instance);
        room.Watch();
        if (Wait.Until(() => room.Board.Guests.Any(g => g.Guest.Uuid == Uuid && g.Source == GuestSourceKind.Libvirt), 60)) return room;
        room.Dispose();
        throw new TimeoutException("the guest is not read by libvirt");
    }

    private void AwaitActive(IMigrationBoard board) =>
        Assert.True(Wait.Until(() => Under(board, MigrationDirection.Outgoing) is { Phase: MigrationPhase.Active, Sample.RemainingBytes: > 0 }, 60), "no migration is seen");

    private (MigrationRecord Outgoing, MigrationRecord Incoming) AwaitRecords(IMigrationBoard board)
    {
        Assert.True(Wait.Until(() => board.History(Uuid, 10).Count == 2, 60), string.Join("; ", board.History(Uuid, 10)));
        var records = board.History(Uuid, 10);
        return (records.Single(static r => r.Direction == MigrationDirection.Outgoing), records.Single(static r => r.Direction == MigrationDirection.Incoming));
    }

    private MigrationStatus Under(IMigrationBoard board, MigrationDirection direction)
    {
        var all = new List<MigrationStatus>();
        board.CopyTo(all);
        return all.FirstOrDefault(m => m.Guest.Uuid == Uuid && m.Direction == direction);
    }
}
