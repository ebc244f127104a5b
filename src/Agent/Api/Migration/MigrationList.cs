using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Migration;

/// <summary>What the board has as messages of lists.</summary>
internal static class MigrationList
{
    public static V1.ListGuestsResponse Guests(IMigrationBoard board)
    {
        var list = new V1.ListGuestsResponse();
        foreach (var guest in board.Guests) list.Guests.Add(MigrationGuestMapping.ToWire(guest));
        return list;
    }

    public static V1.ListMigrationsResponse Migrations(IMigrationBoard board, DateTimeOffset now)
    {
        var list = new V1.ListMigrationsResponse { Time = now.ToTimestamp() };
        var (statuses, passes, verdicts) = (new List<MigrationStatus>(), new List<TimedPass>(), new List<TimedVerdict>());
        board.CopyTo(statuses);
        foreach (var status in statuses)
        {
            passes.Clear();
            verdicts.Clear();
            board.Details(status.Id, passes, verdicts);
            list.Migrations.Add(MigrationMapping.ToWire(status, passes, verdicts));
        }

        return list;
    }

    public static V1.ListMigrationHistoryResponse History(IMigrationBoard board, string? uuid, int limit)
    {
        var list = new V1.ListMigrationHistoryResponse();
        foreach (var record in board.History(uuid, limit)) list.Migrations.Add(MigrationRecordMapping.ToWire(record));
        return list;
    }
}
