using System.Text;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>The parameters of a job (VIR_DOMAIN_JOB_… of libvirt-domain.h) that are of use here, collected one by one.</summary>
internal struct JobCounters
{
    private const long LargestPage = 1 << 30;
    private const long MostPages = 1L << 40;
    private const long MostMilliseconds = 1L << 45;
    private const int LongestText = 2000;

    private long? _elapsed;
    private long? _downtime;
    private long? _netDowntime;
    private long? _setup;
    private long? _total;
    private long? _remaining;
    private long? _processed;
    private long? _normalBytes;
    private long? _constant;
    private double? _rate;
    private long? _dirtyRate;
    private long? _iteration;
    private long? _requests;
    private long? _pageSize;
    private long? _throttle;
    private bool _compressed;
    private string? _error;

    public long? Operation { get; private set; }

    /// <summary>Of a job that ended: 0 where it failed.</summary>
    public long? Succeeded { get; private set; }

    public void Take(in TypedParameter parameter)
    {
        var name = parameter.Name;
        if (name.StartsWith("memory_"u8)) TakeMemory(name[7..], parameter);
        else if (name.SequenceEqual("operation"u8)) Operation = parameter.Whole;
        else if (name.SequenceEqual("time_elapsed"u8)) _elapsed = parameter.Whole;
        else if (name.SequenceEqual("downtime"u8)) _downtime = parameter.Whole;
        else if (name.SequenceEqual("downtime_net"u8)) _netDowntime = parameter.Whole;
        else if (name.SequenceEqual("setup_time"u8)) _setup = parameter.Whole;
        else if (name.SequenceEqual("auto_converge_throttle"u8)) _throttle = parameter.Whole;
        else if (name.SequenceEqual("compression_cache"u8)) _compressed = true;
        else if (name.SequenceEqual("success"u8)) Succeeded = parameter.Whole;
        else if (name.SequenceEqual("errmsg"u8) && parameter.IsText) _error = Encoding.UTF8.GetString(parameter.Text[..Math.Min(parameter.Text.Length, LongestText)]);
    }

    private void TakeMemory(ReadOnlySpan<byte> name, in TypedParameter parameter)
    {
        if (name.SequenceEqual("total"u8)) _total = parameter.Whole;
        else if (name.SequenceEqual("remaining"u8)) _remaining = parameter.Whole;
        else if (name.SequenceEqual("processed"u8)) _processed = parameter.Whole;
        else if (name.SequenceEqual("normal_bytes"u8)) _normalBytes = parameter.Whole;
        else if (name.SequenceEqual("constant"u8)) _constant = parameter.Whole;
        else if (name.SequenceEqual("bps"u8)) _rate = parameter.Number;
        else if (name.SequenceEqual("dirty_rate"u8)) _dirtyRate = parameter.Whole;
        else if (name.SequenceEqual("iteration"u8)) _iteration = parameter.Whole;
        else if (name.SequenceEqual("postcopy_requests"u8)) _requests = parameter.Whole;
        else if (name.SequenceEqual("page_size"u8)) _pageSize = parameter.Whole;
    }

    /// <summary>In base units, without a phase. What is no possible value is null.</summary>
    public readonly MigrationSample ToSample(TimeSpan at, JobKind kind)
    {
        var page = _pageSize is > 0 and <= LargestPage ? _pageSize.Value : 4096;
        var ended = kind is JobKind.Completed or JobKind.Failed or JobKind.Cancelled;
        return new MigrationSample(at)
        {
            Elapsed = Milliseconds(_elapsed),
            Setup = Milliseconds(_setup),
            PageSize = _pageSize is null ? null : page,
            TotalBytes = _total,
            RemainingBytes = _remaining,
            TransferredBytes = _processed,
            NormalBytes = _normalBytes,
            ZeroBytes = InBytes(_constant, page),
            Compressed = _compressed ? true : null,
            TransferBytesPerSecond = _rate,
            DirtyBytesPerSecond = InBytes(_dirtyRate, page),
            Pass = _iteration,
            PostcopyRequests = _requests,
            ThrottlePercent = _throttle is { } percent ? (int)Math.Min(percent, 100) : null,
            AutoConvergeEnabled = _throttle is null ? null : true,

            // One parameter for both: what is expected while it runs, what it was after the end. That one spans two clocks where the hosts are two.
            ExpectedDowntime = ended ? null : Milliseconds(_downtime),
            Downtime = kind == JobKind.Completed ? Milliseconds(_downtime <= _elapsed ? _downtime : _netDowntime ?? _downtime) : null,
            Error = _error,
        };
    }

    private static TimeSpan? Milliseconds(long? value) => value is { } known and < MostMilliseconds ? TimeSpan.FromMilliseconds(known) : null;

    private static long? InBytes(long? pages, long page) => pages is { } known and < MostPages && known <= long.MaxValue / page ? known * page : null;
}
