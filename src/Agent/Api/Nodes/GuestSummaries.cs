using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Nodes;

/// <summary>The guests and their migrations in a few numbers.</summary>
internal static class GuestSummaries
{
    /// <summary>Null before the node was looked over, and where nobody looks.</summary>
    public static V1.GuestSummary? Of(IMigrationBoard? board)
    {
        if (board is not { IsReady: true }) return null;
        var summary = new V1.GuestSummary { Guests = board.Guests.Count };
        var statuses = new List<MigrationStatus>();
        board.CopyTo(statuses);
        foreach (var status in statuses)
        {
            if (status.Ended is not null) continue;
            if (status.Direction == MigrationDirection.Outgoing) summary.MigrationsOutgoing++;
            else summary.MigrationsIncoming++;
            if (status.Forecast.Verdict == MigrationVerdict.WillNotConverge) summary.MigrationsNotConverging++;
        }

        return summary;
    }
}
