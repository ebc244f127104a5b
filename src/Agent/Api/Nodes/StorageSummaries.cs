using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Nodes;

/// <summary>The multipath maps in a few numbers.</summary>
internal static class StorageSummaries
{
    /// <summary>Null before anything was read.</summary>
    public static V1.StorageSummary? Of(StorageState state)
    {
        if (state.Source is not { } source) return null;
        var summary = new V1.StorageSummary { Source = SourceWords.Of(source.State), Reason = source.Reason, Maps = state.Maps.Count };
        foreach (var judged in state.Maps.Values)
        {
            Count(summary, judged.Verdict.State);
            summary.UsablePaths += judged.Verdict.UsablePaths;
            foreach (var group in judged.Map.Groups) summary.Paths += group.Paths.Count;
        }

        return summary;
    }

    private static void Count(V1.StorageSummary summary, MapState state)
    {
        switch (state)
        {
            case MapState.Healthy:
                summary.Healthy++;
                break;
            case MapState.Degraded:
                summary.Degraded++;
                break;
            case MapState.NoRedundancy:
                summary.NoRedundancy++;
                break;
            case MapState.Failed:
                summary.Failed++;
                break;
            case MapState.Queueing:
                summary.Queueing++;
                break;
            default:
                summary.Unknown++;
                break;
        }
    }
}
