using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>
/// The one thing that is asked of a guest's VMM: to measure its dirty rate. A connection that only reads is refused that, so there is a
/// second one, for this call alone; the result is read over the first.
/// </summary>
internal sealed class DirtyRateMeasurement(LibvirtSource source, DirtyRateReader reader, TimeProvider time)
{
    private const int MostSeconds = 60;

    /// <summary>What a measurement may take beyond its period.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.2);

    public async Task<DirtyRate> RunAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation)
    {
        var seconds = Check(mode, period);
        using var limit = new CancellationTokenSource(period + s_grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var connection = source.Daemon.Connection ?? throw source.Daemon.Lost();
            await CheckIsFreeAsync(connection, either.Token).ConfigureAwait(false);
            var before = await reader.ReadAsync(connection, either.Token).ConfigureAwait(false);
            if (before.Status == DirtyRateStatistics.Measuring) throw Busy("is being measured already, by somebody else");
            await StartAsync(seconds, mode, either.Token).ConfigureAwait(false);
            return await ResultAsync(connection, period, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new GuestSourceException(GuestSourceFault.Failed, $"the dirty rate of domain {source.Domain.Shown} was not measured within {(period + s_grace).TotalSeconds:0} s: its QEMU has not finished, or a job that began meanwhile is in the way");
        }
    }

    /// <summary>Modes that QEMU has not for this guest. Without KVM, QEMU 7.2 ends upon being asked for one of those: so they are never asked for.</summary>
    private int Check(DirtyRateMode mode, TimeSpan period)
    {
        var guest = source.Guest;
        if (period < TimeSpan.FromSeconds(1) || period > TimeSpan.FromSeconds(MostSeconds)) throw Unsupported($"can be measured over 1 to {MostSeconds} s, not over {period.TotalSeconds:0.###} s");
        if (mode == DirtyRateMode.PageSampling) return (int)period.TotalSeconds;
        if (!guest.Kvm) throw Unsupported("can only be measured by page sampling: the guest runs without KVM");
        if (mode == DirtyRateMode.DirtyRing && guest.DirtyRingSize == 0) throw Unsupported("cannot be measured by a dirty ring: the guest was started without one (dirty-ring-size)");
        if (mode == DirtyRateMode.DirtyBitmap && guest.DirtyRingSize > 0) throw Unsupported("cannot be measured by the dirty bitmap: the guest has a dirty ring instead");
        return (int)period.TotalSeconds;
    }

    /// <summary>With a job under way libvirt would not refuse, but wait for its end, up to 30 s.</summary>
    private async Task CheckIsFreeAsync(LibvirtConnection connection, CancellationToken cancellation)
    {
        try
        {
            var job = await connection.CallAsync(Requests.JobStats(source.Domain), static (ref reader) => JobStatistics.Read(ref reader, SourceClock.Now), cancellation).ConfigureAwait(false);
            if (job.IsUnderWay) throw Busy(job.IsMigration ? "is not measured while the guest migrates" : "is not measured while libvirt has another job with the guest (a backup, a snapshot, a dump)");
        }
        catch (LibvirtErrorException e) when (e.Error.Code == RemoteError.OperationUnsupported)
        {
            throw Busy("is not measured while the guest migrates to here");
        }
        catch (LibvirtErrorException e)
        {
            throw Refused(connection.Name, e);
        }
    }

    private async Task StartAsync(int seconds, DirtyRateMode mode, CancellationToken cancellation)
    {
        using var writing = await source.Daemon.OpenForWritingAsync(source, cancellation).ConfigureAwait(false);
        try
        {
            await writing.CallAsync(Requests.StartDirtyRate(source.Domain, seconds, mode), Handshake.Nothing, cancellation).ConfigureAwait(false);
        }
        catch (LibvirtErrorException e) when (e.Message.Contains("already being measured", StringComparison.Ordinal))
        {
            throw Busy("is being measured already, by somebody else");
        }
        catch (LibvirtErrorException e)
        {
            throw Refused(writing.Name, e);
        }
    }

    private async Task<DirtyRate> ResultAsync(LibvirtConnection connection, TimeSpan period, CancellationToken cancellation)
    {
        await Task.Delay(period, time, cancellation).ConfigureAwait(false);
        while (true)
        {
            // The start was taken in, so what is said to be measured from then on is this one.
            if (reader.Of(await reader.ReadAsync(connection, cancellation).ConfigureAwait(false)) is { } rate) return rate;
            await Task.Delay(s_pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private GuestSourceException Busy(string why) => new(GuestSourceFault.Busy, $"the dirty rate of domain {source.Domain.Shown} {why}");

    private GuestSourceException Unsupported(string why) => new(GuestSourceFault.Unsupported, $"the dirty rate of domain {source.Domain.Shown} {why}");

    private GuestSourceException Refused(string name, LibvirtErrorException e) => new(
        e.Error.Code is RemoteError.NoDomain or RemoteError.OperationInvalid ? GuestSourceFault.Absent : GuestSourceFault.Unsupported,
        $"{name} does not measure the dirty rate of domain {source.Domain.Shown}: {e.Message}",
        e);
}
