using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>What is kept of a migration that ended.</summary>
internal static class RecordOf
{
    public static MigrationRecord Ended(MigrationEntry entry)
    {
        ref readonly var status = ref entry.Status;
        var sample = status.Sample;
        var (started, ended) = (status.Started, status.Ended ?? status.Started);
        var seconds = sample.Elapsed?.TotalSeconds ?? (ended - started).TotalSeconds;
        return new MigrationRecord(status.Id, status.Guest.Uuid, status.Guest.Domain, status.Direction, status.Outcome ?? MigrationOutcome.Unknown, started, ended)
        {
            Namespace = status.Guest.Namespace,
            Name = status.Guest.Name,
            PodUid = status.Guest.PodUid,
            Source = status.Source,
            FoundUnderWay = status.FoundUnderWay,
            Peer = status.Peer,
            Trigger = status.Trigger,
            Reason = status.Error,
            Downtime = status.Downtime,
            MemoryBytes = sample.TotalBytes ?? status.Guest.MemoryBytes,
            TransferredBytes = sample.TransferredBytes,
            Passes = sample.Pass ?? LastPass(entry),
            BytesPerSecond = sample.TransferredBytes is { } bytes && seconds > 0 ? bytes / seconds : null,
            DirtyBytesPerSecond = entry.Passes is [.., { Pass: { Seconds: > 0 } last }] ? last.DirtyBytesPerSecond : sample.DirtyBytesPerSecond,
            ThrottlePercent = sample.ThrottlePercent ?? 0,
            PassList = [.. entry.Passes],
            Verdicts = [.. entry.Verdicts],
            Phases = [.. entry.Phases],
        };
    }

    private static long? LastPass(MigrationEntry entry) => entry.Passes is [.., var last] ? last.Pass.Number : null;
}
