using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <summary>The last good value of each counter: what a sample does not have stays as it was, since the counters of QEMU go with a cancelled or failed migration.</summary>
internal static class LastGood
{
    /// <param name="before">What was kept so far.</param>
    /// <param name="sane">What came, without what cannot be.</param>
    public static MigrationSample Of(in MigrationSample before, in MigrationSample sane) => new(sane.TotalBytes is null ? before.At : sane.At)
    {
        Phase = sane.Phase ?? before.Phase,
        Elapsed = sane.Elapsed ?? before.Elapsed,
        TotalBytes = sane.TotalBytes ?? before.TotalBytes,
        RemainingBytes = sane.RemainingBytes ?? before.RemainingBytes,
        TransferredBytes = sane.TransferredBytes ?? before.TransferredBytes,
        NormalBytes = sane.NormalBytes ?? before.NormalBytes,
        ZeroBytes = sane.ZeroBytes ?? before.ZeroBytes,
        Compressed = sane.Compressed ?? before.Compressed,
        TransferBytesPerSecond = sane.TransferBytesPerSecond ?? before.TransferBytesPerSecond,
        DirtyBytesPerSecond = sane.DirtyBytesPerSecond ?? before.DirtyBytesPerSecond,
        MeasuredDirtyBytesPerSecond = sane.MeasuredDirtyBytesPerSecond ?? before.MeasuredDirtyBytesPerSecond,
        Pass = sane.Pass ?? before.Pass,
        ThrottlePercent = sane.ThrottlePercent ?? before.ThrottlePercent,
        ExpectedDowntime = sane.ExpectedDowntime ?? before.ExpectedDowntime,
        Downtime = sane.Downtime ?? before.Downtime,
        ObservedDowntime = sane.ObservedDowntime ?? before.ObservedDowntime,
        DowntimeLimit = sane.DowntimeLimit ?? before.DowntimeLimit,
        BandwidthLimit = sane.BandwidthLimit ?? before.BandwidthLimit,
        PostcopyBandwidthLimit = sane.PostcopyBandwidthLimit ?? before.PostcopyBandwidthLimit,
        PostcopyEnabled = sane.PostcopyEnabled ?? before.PostcopyEnabled,
        AutoConvergeEnabled = sane.AutoConvergeEnabled ?? before.AutoConvergeEnabled,
        PostcopyRequests = sane.PostcopyRequests ?? before.PostcopyRequests,
        ResidentBytes = sane.ResidentBytes ?? before.ResidentBytes,
        Setup = sane.Setup ?? before.Setup,
        PageSize = sane.PageSize ?? before.PageSize,
        Error = sane.Error ?? before.Error,
    };
}
