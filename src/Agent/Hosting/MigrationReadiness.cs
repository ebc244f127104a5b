using NodeAgent.Migration;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Hosting;

/// <summary>
/// The part "migration" of readiness: ready once the node's guests were looked for. A guest whose migrations cannot be followed is named and
/// makes nothing unready: the others are followed, and restarting the agent would give it no monitor.
/// </summary>
internal static class MigrationReadiness
{
    private const string Part = "migration";

    public static void Tell(MigrationRoom room, Readiness readiness)
    {
        if (!room.IsEnabled)
        {
            readiness.Set(Part, true, "guests are not followed: migration.enabled is false");
            return;
        }

        readiness.Set(Part, false, "the node's guests are being looked for the first time");
        room.GuestsChanged += guests => readiness.Set(Part, true, Sentence(guests));
    }

    /// <summary>"2 of 3 guests are followed; default/web is not: its only monitor, …"</summary>
    public static string Sentence(IReadOnlyList<GuestState> guests)
    {
        var followed = guests.Count(static g => g.Source != GuestSourceKind.Proc);
        var first = guests.FirstOrDefault(static g => g is { Source: GuestSourceKind.Proc, Limitation: not null });
        var others = guests.Count(static g => g is { Source: GuestSourceKind.Proc, Limitation: not null }) - 1;
        var count = (guests.Count, followed) switch
        {
            (0, _) => "no guests run here",
            (1, 1) => "1 guest is followed",
            var (all, some) when all == some => $"{all} guests are followed",
            var (all, some) => $"{some} of {all} guests {(some == 1 ? "is" : "are")} followed",
        };
        return first is null ? count : $"{count}; {SafeText.Of(GuestName.Of(first.Guest))} is not: {SafeText.Of(first.Limitation!)}{(others > 0 ? $" (and {others} more: nodeagent migration list --guests)" : "")}";
    }
}
