using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;

namespace NodeAgent.Hosting;

/// <summary>
/// The part "storage" of readiness: ready once the storage was read, also where there is none, and not while it cannot be read. A map that
/// is degraded or worse is a matter of verdicts and metrics: the agent does all of its work, and restarting it, which is what others do with
/// what is not ready, would mend no path.
/// </summary>
internal static class StorageReadiness
{
    private const string Part = "storage";

    public static void Tell(StorageStore store, Readiness readiness)
    {
        readiness.Set(Part, false, "the storage is being read for the first time");
        store.Published += (state, _) =>
        {
            if (state.Source is { } source) readiness.Set(Part, source.State != StorageSourceState.Failed, source.Reason);
        };
    }
}
