using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>What CONNECT_GET_ALL_DOMAIN_STATS says of a domain's dirty rate.</summary>
/// <param name="Status">virDomainDirtyRateStatus; null: nothing was said, for the domain does not run or its monitor was not free.</param>
/// <param name="Start">When the measurement began: seconds of the host's uptime (QEMU to 7.2) or since 1970.</param>
/// <param name="PeriodSeconds">How long it took.</param>
/// <param name="Mode">How.</param>
/// <param name="MebibytesPerSecond">What came out; null while it runs.</param>
public readonly record struct DirtyRateStatistics(long? Status, long? Start, long? PeriodSeconds, DirtyRateMode Mode, long? MebibytesPerSecond)
{
    public const long Measuring = 1;

    public const long Measured = 2;

    /// <summary>No guest does more, whatever is claimed.</summary>
    private const long MostMebibytes = 1L << 30;

    /// <summary>Bytes a second; null: none was measured.</summary>
    public long? BytesPerSecond => Status == Measured && MebibytesPerSecond is { } rate and < MostMebibytes ? rate << 20 : null;

    /// <summary>Of the one domain; others in the reply are read over.</summary>
    public static DirtyRateStatistics Read(ref XdrReader reader, UInt128 uuid)
    {
        var result = default(DirtyRateStatistics);
        for (var left = reader.ReadCount(RemoteDomain.Least + 4); left > 0; left--)
        {
            var isIt = RemoteDomain.ReadUuidOnly(ref reader) == uuid;
            var found = ReadParameters(ref reader);
            if (isIt) result = found;
        }

        return result;
    }

    private static DirtyRateStatistics ReadParameters(ref XdrReader reader)
    {
        var result = default(DirtyRateStatistics);
        for (var left = TypedParameter.ReadCount(ref reader); left > 0; left--)
        {
            var parameter = TypedParameter.Read(ref reader);
            if (!parameter.Name.StartsWith("dirtyrate."u8)) continue;
            var name = parameter.Name[10..];
            if (name.SequenceEqual("calc_status"u8)) result = result with { Status = parameter.Whole };
            else if (name.SequenceEqual("calc_start_time"u8)) result = result with { Start = parameter.Whole };
            else if (name.SequenceEqual("calc_period"u8)) result = result with { PeriodSeconds = parameter.Whole };
            else if (name.SequenceEqual("calc_mode"u8)) result = result with { Mode = ModeOf(parameter.Text) };
            else if (name.SequenceEqual("megabytes_per_second"u8)) result = result with { MebibytesPerSecond = parameter.Whole };
        }

        return result;
    }

    private static DirtyRateMode ModeOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("dirty-bitmap"u8) ? DirtyRateMode.DirtyBitmap : text.SequenceEqual("dirty-ring"u8) ? DirtyRateMode.DirtyRing : DirtyRateMode.PageSampling;
}
