using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.Mapping;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Migration;

/// <summary>What the board has as messages of lists.</summary>
internal static class MigrationList
{
    /// <summary>Clients take no more than 4 MiB in one message.</summary>
    private const int MostBytes = 3 << 20;

    /// <summary>How many passes, verdicts and phases of each migration are told where all of them are too many.</summary>
    private static readonly int[] s_fewer = [100, 10, 0];

    public static V1.ListGuestsResponse Guests(IMigrationBoard board)
    {
        var list = new V1.ListGuestsResponse();
        foreach (var guest in board.Guests) list.Guests.Add(MigrationGuestMapping.ToWire(guest));
        return list;
    }

    public static V1.ListMigrationsResponse Migrations(IMigrationBoard board, DateTimeOffset now)
    {
        var list = new V1.ListMigrationsResponse { Time = now.ToTimestamp() };
        var (statuses, details) = (new List<MigrationStatus>(), new MigrationDetails());
        board.CopyTo(statuses);
        foreach (var status in statuses)
        {
            details.Clear();
            board.Details(status.Id, details);
            list.Migrations.Add(MigrationMapping.ToWire(status, details));
        }

        foreach (var keep in s_fewer)
        {
            if (list.CalculateSize() <= MostBytes) break;
            foreach (var migration in list.Migrations) KeepLast(migration, keep);
        }

        return list;
    }

    /// <param name="board">What is known.</param>
    /// <param name="uuid">Only of this guest; null: of all.</param>
    /// <param name="afterId">Only those older than this one; null: from the newest.</param>
    /// <param name="limit">At most so many.</param>
    public static V1.ListMigrationHistoryResponse History(IMigrationBoard board, string? uuid, string? afterId, int limit)
    {
        var (list, size, told) = (new V1.ListMigrationHistoryResponse(), 0, afterId is null);
        foreach (var record in board.History(uuid, afterId is null ? limit + 1 : MigrationRequests.MostHistory))
        {
            if (!told)
            {
                told = record.Id == afterId;
                continue;
            }

            var wire = MigrationRecordMapping.ToWire(record);
            size += wire.CalculateSize();
            // One always goes: none alone is too large, and who asks again gets on.
            if (list.Migrations.Count == limit || (list.Migrations.Count > 0 && size > MostBytes))
            {
                list.More = true;
                break;
            }

            list.Migrations.Add(wire);
        }

        return list;
    }

    private static void KeepLast(V1.Migration migration, int count)
    {
        while (migration.Passes.Count > count) migration.Passes.RemoveAt(0);
        while (migration.Verdicts.Count > count) migration.Verdicts.RemoveAt(0);
        while (migration.Phases.Count > count) migration.Phases.RemoveAt(0);
    }
}
