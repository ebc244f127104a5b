using System.Buffers;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>
/// The reply to query-migrate (qapi/migration.json, MigrationInfo), of every version: `{}` is no migration, a destination has no counters,
/// after a cancel and a failure they are gone. Nothing is taken out that cannot be: <see cref="Forecasting.SampleFilter"/> does.
/// </summary>
internal static class MigrateReply
{
    private const long DefaultPage = 4096;

    public static MigrationSample Read(in ReadOnlySequence<byte> reply, TimeSpan at, string root, IFieldProblems problems)
    {
        var fields = new QmpFields(reply, root, problems);
        var ram = new Ram();
        MigrationPhase? phase = MigrationPhase.None;
        TimeSpan? elapsed = null, setup = null, expected = null, downtime = null;
        long? throttle = null;
        bool? compressed = null;
        string? error = null;
        if (!fields.Enter()) return new MigrationSample(at);
        while (fields.Next())
        {
            if (fields.Is("status"u8)) phase = fields.Word(MigrationPhases.OfQemu);
            else if (fields.Is("total-time"u8)) elapsed = fields.Milliseconds();
            else if (fields.Is("setup-time"u8)) setup = fields.Milliseconds();
            else if (fields.Is("expected-downtime"u8)) expected = fields.Milliseconds();
            else if (fields.Is("downtime"u8)) downtime = fields.Milliseconds();
            else if (fields.Is("cpu-throttle-percentage"u8)) throttle = fields.Whole("a percentage");
            else if (fields.Is("error-desc"u8)) error = fields.Text();
            else if (fields.Is("ram"u8)) ram.Read(ref fields);
            else
            {
                if (fields.Is("xbzrle-cache"u8)) compressed = true;
                fields.Skip();
            }
        }

        var page = ram.PageSize is > 0 and < 1 << 30 ? ram.PageSize.Value : DefaultPage;
        return new MigrationSample(at)
        {
            Phase = phase,
            Elapsed = elapsed,
            Setup = setup,
            ExpectedDowntime = expected,
            Downtime = downtime,

            // Absent while it does not throttle.
            ThrottlePercent = throttle is { } percent ? (int)Math.Min(100, percent) : ram.Seen ? 0 : null,
            Error = error,
            PageSize = ram.Seen ? page : null,
            Compressed = ram.Seen ? compressed : null,
            TotalBytes = ram.Total,
            RemainingBytes = ram.Remaining,
            TransferredBytes = ram.Transferred,
            NormalBytes = ram.NormalBytes,
            ZeroBytes = ram.Zeros is < 1L << 40 ? ram.Zeros * page : null,
            TransferBytesPerSecond = ram.Megabits * 125_000,
            DirtyBytesPerSecond = ram.DirtyPages * page,
            Pass = ram.Syncs,
            PostcopyRequests = ram.Requests,
        };
    }

    /// <summary>MigrationStats.</summary>
    private struct Ram
    {
        public bool Seen;
        public long? PageSize, Total, Remaining, Transferred, NormalBytes, Zeros, Syncs, Requests;
        public double? Megabits, DirtyPages;

        public void Read(ref QmpFields fields)
        {
            if (!fields.Enter("ram")) return;
            Seen = true;
            while (fields.Next())
            {
                if (fields.Is("total"u8)) Total = fields.Whole("a number of bytes");
                else if (fields.Is("remaining"u8)) Remaining = fields.Whole("a number of bytes");
                else if (fields.Is("transferred"u8)) Transferred = fields.Whole("a number of bytes");
                else if (fields.Is("mbps"u8)) Megabits = fields.Number("megabits per second");
                else if (fields.Is("dirty-pages-rate"u8)) DirtyPages = fields.Number("pages per second");
                else if (fields.Is("dirty-sync-count"u8)) Syncs = fields.Whole("the number of a pass");
                else if (fields.Is("normal-bytes"u8)) NormalBytes = fields.Whole("a number of bytes");
                else if (fields.Is("duplicate"u8)) Zeros = fields.Whole("a number of pages");
                else if (fields.Is("page-size"u8)) PageSize = fields.Whole("a number of bytes");
                else if (fields.Is("postcopy-requests"u8)) Requests = fields.Whole("a number of pages");
                else fields.Skip();
            }
        }
    }
}
