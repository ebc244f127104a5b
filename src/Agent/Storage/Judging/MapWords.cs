namespace NodeAgent.Storage.Judging;

/// <summary>The words for a map's state in verdicts, JSON and metrics.</summary>
public static class MapWords
{
    /// <summary>Every state, the best first.</summary>
    public static readonly IReadOnlyList<MapState> All = [MapState.Healthy, MapState.Degraded, MapState.NoRedundancy, MapState.Failed, MapState.Queueing, MapState.Unknown];

    /// <summary>"no redundancy"</summary>
    public static string Of(MapState state) => state switch
    {
        MapState.Healthy => "healthy",
        MapState.Degraded => "degraded",
        MapState.NoRedundancy => "no redundancy",
        MapState.Failed => "failed",
        MapState.Queueing => "queueing",
        _ => "unknown",
    };

    /// <summary>The state of a word; unknown for any other.</summary>
    public static MapState Parse(string word)
    {
        foreach (var state in All)
        {
            if (Of(state) == word) return state;
        }

        return MapState.Unknown;
    }
}
