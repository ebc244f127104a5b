using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Storage;

/// <summary>What differs between two states of an adapter or session; its counters are no change worth a line.</summary>
internal static class InitiatorDiff
{
    public static void Add(StorageInitiator? before, StorageInitiator? now, List<StorageChange> changes)
    {
        if (before is null || now is null)
        {
            if ((before ?? now) is { } one) changes.Add(new StorageChange("initiator", one.Name, null, one.Transport, before?.State, now?.State));
            return;
        }

        Compare(now.Name, "state", before.State, now.State, changes);
        Compare(now.Name, "speed", before.Speed, now.Speed, changes);
        Compare(now.Name, "fabric", before.Fabric, now.Fabric, changes);
        var former = before.RemotePorts.DistinctBy(static r => r.Name).ToDictionary(static r => r.Name, StringComparer.Ordinal);
        foreach (var remote in now.RemotePorts.DistinctBy(static r => r.Name))
        {
            former.Remove(remote.Name, out var old);
            if (old?.State != remote.State) changes.Add(new StorageChange("initiator", now.Name, null, remote.Name, old?.State, remote.State));
        }

        foreach (var gone in former.Values) changes.Add(new StorageChange("initiator", now.Name, null, gone.Name, gone.State, null));
    }

    private static void Compare(string name, string field, string from, string to, List<StorageChange> changes)
    {
        if (from != to) changes.Add(new StorageChange("initiator", name, null, field, from, to));
    }
}
