using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Nodes;

/// <summary>The multipath maps in a few numbers.</summary>
internal static class StorageSummaries
{
    /// <summary>Adds the summary to a node's page, and to its problems what is wrong beside the verdicts of maps.</summary>
    public static void Add(V1.Node node, StorageState state)
    {
        node.Storage = Of(state);
        if (Problem(state) is { } problem) node.Problems.Add(problem);
    }

    // Null before anything was read.
    private static V1.StorageSummary? Of(StorageState state)
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

    private static V1.Problem? Problem(StorageState state) => state is { Source: { State: StorageSourceState.DeviceMapper } source, Maps.Count: > 0 }
        ? new V1.Problem { Kind = VerdictKind.Storage, Severity = V1.Severity.Warning, Message = SourceWords.WithoutMultipathd(source.Reason) }
        : null;

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
