using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>
/// Takes what a map has now as all there should be, for somebody took the rest away on purpose. What is gone is expected no longer; a path
/// that is there and failed still is. A pure function.
/// </summary>
public static class MapAcceptance
{
    /// <param name="map">As it was read.</param>
    /// <param name="verdict">How it stands.</param>
    /// <param name="history">What was remembered of it.</param>
    /// <param name="refusal">Why it cannot be accepted, and what to do; null where it can.</param>
    /// <returns>What to remember of it from now on; null where it cannot be accepted.</returns>
    public static MapHistory? Of(MultipathMap map, MapVerdict verdict, MapHistory history, out string? refusal)
    {
        var best = history.Best.Min(PathSpread.Of(map, usable: false));
        refusal = verdict.State switch
        {
            MapState.Unknown => $"not accepted, for its paths are not known: {verdict.Sentence}",
            MapState.Failed or MapState.Queueing => $"not accepted: {verdict.Sentence}",
            MapState.Degraded or MapState.NoRedundancy when best == history.Best => $"nothing to accept, for no path is gone: {verdict.Sentence}{HowToTakeAway(map)}",
            _ => null,
        };
        return refusal is null ? history with { Best = best } : null;
    }

    // Devices of LUNs that are mapped no more stay until somebody deletes them.
    private static string HowToTakeAway(MultipathMap map) =>
        map.Paths.FirstOrDefault(static p => !PathWords.IsUsable(p) && p.Hctl is not null) is { } path
            ? $"; delete the paths that were taken away on purpose (echo 1 > /sys/block/{path.Device}/device/delete), then accept"
            : "";
}
