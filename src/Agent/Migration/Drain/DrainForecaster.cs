using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Drain;

/// <summary>From a question to an answer, without clock or I/O.</summary>
public static class DrainForecaster
{
    public static DrainForecast Of(DrainQuestion question)
    {
        question = question with { Guests = [.. question.Guests.Where(guest => !IsOtherEnd(guest, question.Guests))] };
        var bandwidth = DrainBandwidth.Of(question);
        var lanes = Math.Clamp(question.Parallel, 1, Math.Max(1, question.Guests.Count));
        var share = bandwidth.BytesPerSecond / lanes;
        var guests = question.Guests.Select(guest => GuestRules.Of(guest, share, question)).OrderByDescending(static g => g.Blockers.Count > 0)
            .ThenByDescending(static g => g.HighSeconds ?? (g.LowSeconds is null ? -1 : double.PositiveInfinity)).ThenByDescending(static g => g.LowSeconds)
            .ThenBy(static g => GuestName.Of(g.Guest.State.Guest), StringComparer.Ordinal).ToList();
        var (low, high) = Lanes.Span(guests, lanes);
        return new DrainForecast(guests)
        {
            LowSeconds = low,
            HighSeconds = guests.Exists(static g => g.Blockers.Count > 0) ? null : high,
            Parallel = Math.Max(1, question.Parallel),
            BytesPerSecond = bandwidth.BytesPerSecond,
            Basis = DrainText.Basis(question, bandwidth),
            Summary = DrainText.Summary(guests, low, high, question, bandwidth),
        };
    }

    // A guest that moves within this node is here twice; the end that runs is the one to move.
    private static bool IsOtherEnd(DrainGuest guest, IReadOnlyList<DrainGuest> all) =>
        guest.State.Guest is { Incoming: true, Uuid.Length: > 0 } incoming && all.Any(other => other.State.Guest is { Incoming: false } runs && runs.Uuid == incoming.Uuid);
}
