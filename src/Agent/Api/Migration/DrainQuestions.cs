using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Migration;

/// <summary>Makes the question of a forecast from what is known of the node.</summary>
/// <param name="resident">Resident memory of a guest's process in bytes; null: not known.</param>
/// <param name="clock">The node's clock.</param>
public sealed class DrainQuestions(Func<GuestProcess, long?> resident, TimeProvider clock)
{
    /// <summary>Older migrations tell nothing more of the bandwidth.</summary>
    private const int History = 500;

    /// <param name="board">What is known.</param>
    /// <param name="guests">Those to be moved.</param>
    /// <param name="bytesPerSecond">Bandwidth to reckon with; 0: as the history tells.</param>
    /// <param name="downtimeLimit">Null: QEMU's default.</param>
    public DrainQuestion Of(IMigrationBoard board, IReadOnlyList<GuestState> guests, ulong bytesPerSecond, TimeSpan? downtimeLimit)
    {
        var statuses = new List<MigrationStatus>();
        board.CopyTo(statuses);
        return new DrainQuestion([.. guests.Select(guest => Guest(guest, statuses))], clock.GetUtcNow())
        {
            BytesPerSecond = bytesPerSecond == 0 ? null : bytesPerSecond,
            DowntimeLimit = downtimeLimit ?? DrainQuestion.DefaultDowntimeLimit,
            History = board.History(null, History),
        };
    }

    private DrainGuest Guest(GuestState guest, List<MigrationStatus> statuses)
    {
        var at = statuses.FindIndex(status => status is { Ended: null, Direction: MigrationDirection.Outgoing } && status.Guest.Process == guest.Guest.Process);
        return new DrainGuest(guest) { ResidentBytes = resident(guest.Guest.Process), Running = at < 0 ? null : statuses[at] };
    }
}
