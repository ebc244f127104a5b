using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt;

/// <summary>Reads the result of the last measurement of a domain's dirty rate, whoever asked for it: KubeVirt's own collector does so, too.</summary>
internal sealed class DirtyRateReader(RemoteDomain domain, TimeProvider time)
{
    /// <summary>QEMU to 7.2 counts from the host's start, later ones from 1970: no host has been up for so long.</summary>
    private const long Epoch = 1_000_000_000;

    public async Task<DirtyRateStatistics> ReadAsync(LibvirtConnection connection, CancellationToken cancellation)
    {
        try
        {
            return await connection.CallAsync(Requests.DirtyRate(domain), Read, cancellation).ConfigureAwait(false);
        }
        catch (LibvirtErrorException e)
        {
            throw new GuestSourceException(GuestSourceFault.Failed, $"{connection.Name} does not tell the dirty rate of domain {domain.Shown}: {e.Message}", e);
        }
    }

    public DirtyRate? Of(in DirtyRateStatistics statistics)
    {
        if (statistics.BytesPerSecond is not { } rate) return null;
        var period = TimeSpan.FromSeconds(Math.Min(statistics.PeriodSeconds ?? 0, 3600));
        return new DirtyRate(rate, statistics.Mode, period, StartOf(statistics.Start) + period);
    }

    private DateTimeOffset StartOf(long? start) => start switch
    {
        null => time.GetUtcNow(),
        >= Epoch and < Epoch * 200 => DateTimeOffset.FromUnixTimeSeconds(start.Value),
        _ => time.GetUtcNow() - SourceClock.Now + TimeSpan.FromSeconds(Math.Min(start.Value, Epoch)),
    };

    private DirtyRateStatistics Read(ref XdrReader reader) => DirtyRateStatistics.Read(ref reader, domain.Uuid);
}
