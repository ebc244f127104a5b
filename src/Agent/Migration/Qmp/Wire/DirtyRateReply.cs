using System.Buffers;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>The reply to query-dirty-rate (qapi/migration.json, DirtyRateInfo).</summary>
/// <param name="Status">How far it is.</param>
/// <param name="BytesPerSecond">Null until it is measured.</param>
/// <param name="Mode">How; QEMU before 6.2 does not say, and samples pages.</param>
/// <param name="Start">When it began: see <see cref="MeasuredAt"/>.</param>
/// <param name="Period">How long it takes.</param>
internal readonly record struct DirtyRateReply(DirtyRateStatus Status, long? BytesPerSecond, DirtyRateMode Mode, long Start, TimeSpan Period)
{
    /// <summary>A start beyond it is since 1970, which the monotonic clock of no host reaches: 30 years.</summary>
    private const long LongestUptime = 1_000_000_000;

    private const long MostMebibytes = 1 << 30;

    /// <summary>When it ended. QEMU 7.2 counts from the host's own start (its monotonic clock), 10.0 from 1970.</summary>
    /// <param name="now">The time.</param>
    /// <param name="monotonic">The host's monotonic clock at that time.</param>
    public DateTimeOffset MeasuredAt(DateTimeOffset now, TimeSpan monotonic)
    {
        var end = Start > LongestUptime ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(Start, now.ToUnixTimeSeconds())) + Period : now - (monotonic - TimeSpan.FromSeconds(Start) - Period);
        return end < now ? end : now;
    }

    public static DirtyRateReply Read(in ReadOnlySequence<byte> reply, string root, IFieldProblems problems)
    {
        var fields = new QmpFields(reply, root, problems);
        var (status, mode) = (DirtyRateStatus.Unknown, DirtyRateMode.PageSampling);
        long? rate = null, start = null, period = null;
        var milliseconds = false;
        if (!fields.Enter()) return default;
        while (fields.Next())
        {
            if (fields.Is("status"u8)) status = fields.Word(StatusOf);
            else if (fields.Is("mode"u8)) mode = fields.Word(ModeOf);
            else if (fields.Is("dirty-rate"u8)) rate = fields.Whole("MiB/s");
            else if (fields.Is("start-time"u8)) start = fields.Whole("a number of seconds");
            else if (fields.Is("calc-time"u8)) period = fields.Whole("a time");
            else if (fields.Is("calc-time-unit"u8)) milliseconds = fields.Word(static unit => unit.SequenceEqual("millisecond"u8));
            else fields.Skip();
        }

        var whole = Math.Min(period ?? 0, 1 << 20);
        return new DirtyRateReply(
            status, rate is < MostMebibytes ? rate << 20 : null, mode, start ?? 0, milliseconds ? TimeSpan.FromMilliseconds(whole) : TimeSpan.FromSeconds(whole));
    }

    private static DirtyRateStatus StatusOf(ReadOnlySpan<byte> status) =>
        status.SequenceEqual("measured"u8) ? DirtyRateStatus.Measured
        : status.SequenceEqual("measuring"u8) ? DirtyRateStatus.Measuring
        : status.SequenceEqual("unstarted"u8) ? DirtyRateStatus.Unstarted
        : DirtyRateStatus.Unknown;

    private static DirtyRateMode ModeOf(ReadOnlySpan<byte> mode) =>
        mode.SequenceEqual("dirty-ring"u8) ? DirtyRateMode.DirtyRing
        : mode.SequenceEqual("dirty-bitmap"u8) ? DirtyRateMode.DirtyBitmap
        : DirtyRateMode.PageSampling;
}
