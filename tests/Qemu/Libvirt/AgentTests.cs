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
public sealed class AgentTests : IDisposable
{
    private readonly TwoNodes _nodes = new();
    private readonly HostTree _tree = HostTree.Empty();

    public void Dispose()
    {
        _nodes.Dispose();
        _tree.Dispose();
    }

    [SkippableFact]
    public void A_migration_between_two_nodes_is_two_records()
    {
        var domain = new LibvirtGuest("prod_vm 1").Start(_nodes.Source);
        try
        {
            using var room = new MigrationRoom(HostPaths.Default with { State = _tree.Paths.State, Run = _tree.Paths.Run }, 1, new MigrationSettings(), TimeProvider.System, NullLogger.Instance);
            room.Watch();
            var board = room.Board;
            var uuid = domain.Uuid.ToString();
            Assert.True(Wait.Until(() => board.Guests.Any(g => g.Guest.Uuid == uuid && g.Source == GuestSourceKind.Libvirt)), "the guest is not read by libvirt");
            _nodes.Source.Virsh("migrate-setspeed", domain.Name, "16");
            using var migration = _nodes.Source.Migrate(domain, _nodes.Destination);
            Assert.True(Wait.Until(() => Under(board, uuid) is { Phase: MigrationPhase.Active, Sample.RemainingBytes: > 0 }, 60), "no migration is seen");
            migration.WaitForExit();
            Assert.True(Wait.Until(() => board.History(uuid, 10).Count == 2, 60), string.Join("; ", board.History(uuid, 10)));
            var outgoing = board.History(uuid, 10).Single(static r => r.Direction == MigrationDirection.Outgoing);
            var incoming = board.History(uuid, 10).Single(static r => r.Direction == MigrationDirection.Incoming);
            Assert.Equal((MigrationOutcome.Completed, MigrationOutcome.Completed, GuestSourceKind.Libvirt), (outgoing.Outcome, incoming.Outcome, outgoing.Source));
            Assert.Equal(domain.Name, outgoing.Domain);
            Assert.InRange(outgoing.Passes ?? 0, 1, 100);
            Assert.InRange(outgoing.TransferredBytes ?? 0, 8 << 20, 1 << 30);
            Assert.InRange(outgoing.Downtime ?? default, TimeSpan.FromMilliseconds(1), outgoing.Ended - outgoing.Started + TimeSpan.FromSeconds(5));
        }
        finally
        {
            domain.End(_nodes.Source, _nodes.Destination);
        }
    }

    private static MigrationStatus Under(IMigrationBoard board, string uuid)
    {
        var all = new List<MigrationStatus>();
        board.CopyTo(all);
        return all.FirstOrDefault(m => m.Guest.Uuid == uuid && m.Direction == MigrationDirection.Outgoing);
    }
}
