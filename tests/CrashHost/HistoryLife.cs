using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.CrashHost;

/// <summary>Migrations that begin and end one after the other, each named on the standard output once the history tells of it, until somebody kills the process.</summary>
internal static class HistoryLife
{
    public static int Run(string state)
    {
        using var history = new MigrationHistory(new HostPaths { State = state }, 20, NullLogger.Instance);
        for (var i = 0; i < 100_000; i++)
        {
            var id = $"{Guid.NewGuid():N}";
            var now = DateTimeOffset.UtcNow;
            var status = new MigrationStatus(id, new Guest(new GuestProcess(1, (ulong)i), id, "guest"), MigrationDirection.Outgoing) { Started = now };
            history.Happened(new MigrationEvent(i, i, now, id, MigrationEventKind.Started), status);
            history.Ended(new MigrationRecord(id, id, "guest", MigrationDirection.Outgoing, MigrationOutcome.Completed, now, now));
            if (!history.Flush(TimeSpan.FromMinutes(1)) || history.Newest(null, 1)[0].Id != id) return 1;
            Console.WriteLine(id);
        }

        return 0;
    }
}
