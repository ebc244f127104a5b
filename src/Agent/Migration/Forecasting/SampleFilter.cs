using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>Takes out of a sample what the wire says but cannot be; what is gone is null.</summary>
public static class SampleFilter
{
    public static MigrationSample Sane(in MigrationSample sample)
    {
        var sane = sample;

        // libvirt before QEMU's own start: a running job whose counters are all 0. That is not "nothing remains".
        if (sample.TotalBytes is 0) sane = WithoutCounters(sample) with { Phase = sample.Phase is MigrationPhase.Active ? MigrationPhase.Setup : sample.Phase };

        // QEMU 7.2 in post-copy: the host's uptime.
        if (sane.Downtime is { } downtime && (downtime < TimeSpan.Zero || downtime > sane.Elapsed)) sane = sane with { Downtime = null };

        // 0 until the first sync, and again after the end.
        if (sane.DirtyBytesPerSecond is not > 0) sane = sane with { DirtyBytesPerSecond = null };
        if (sane.TransferBytesPerSecond is { } rate && (!double.IsFinite(rate) || rate <= 0)) sane = sane with { TransferBytesPerSecond = null };
        if (sane.BandwidthLimit is <= 0) sane = sane with { BandwidthLimit = null };
        if (sane.PostcopyBandwidthLimit is <= 0) sane = sane with { PostcopyBandwidthLimit = null };
        if (sane.DowntimeLimit is { } limit && limit <= TimeSpan.Zero) sane = sane with { DowntimeLimit = null };
        if (sane.RemainingBytes < 0 || sane.RemainingBytes > sane.TotalBytes) sane = sane with { RemainingBytes = null };
        return sane;
    }

    private static MigrationSample WithoutCounters(in MigrationSample sample) => sample with
    {
        TotalBytes = null,
        RemainingBytes = null,
        TransferredBytes = null,
        NormalBytes = null,
        ZeroBytes = null,
        TransferBytesPerSecond = null,
        DirtyBytesPerSecond = null,
        Pass = null,
        ExpectedDowntime = null,
        PostcopyRequests = null,
    };
}
