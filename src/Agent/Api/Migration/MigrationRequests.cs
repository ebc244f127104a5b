using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using NodeAgent.Api.Mapping;
using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Api.Migration;

/// <summary>Reads the fields of requests.</summary>
internal static class MigrationRequests
{
    /// <summary>Migrations of the history in one answer, where the request does not say.</summary>
    public const int DefaultLimit = 100;

    private const int MostParallel = 10_000;
    public const int MostHistory = 10_000;
    private static readonly TimeSpan s_leastPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_mostPeriod = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_mostDowntime = TimeSpan.FromMinutes(10);

    /// <exception cref="RpcException">INVALID_ARGUMENT: it is negative or too large.</exception>
    public static int Limit(int asked) => asked switch
    {
        0 => DefaultLimit,
        > 0 and <= MostHistory => asked,
        _ => throw StatusDetails.BadField("limit", $"is {asked}; expected 1 to {MostHistory}, or 0 for {DefaultLimit}"),
    };

    /// <exception cref="RpcException">INVALID_ARGUMENT: it is too large.</exception>
    public static int Parallel(uint asked) => asked switch
    {
        0 => DrainQuestion.DefaultParallel,
        <= MostParallel => (int)asked,
        _ => throw StatusDetails.BadField("parallel", $"is {asked}; expected 1 to {MostParallel}, or 0 for {DrainQuestion.DefaultParallel}"),
    };

    /// <summary>The guest of a UUID; where both ends of its migration are here, the one that leaves.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: there is no UUID. NOT_FOUND: no such guest runs here.</exception>
    public static GuestState Guest(IMigrationBoard board, string uuid)
    {
        if (uuid.Length == 0) throw StatusDetails.BadField("guest_uuid", "is empty; expected the UUID of a guest, as ListGuests tells it");
        GuestState? found = null;
        foreach (var guest in board.Guests)
        {
            if (guest.Guest.Uuid.Equals(uuid, StringComparison.OrdinalIgnoreCase) && (found is null || found.Guest.Incoming)) found = guest;
        }

        return found ?? throw new RpcException(new Status(StatusCode.NotFound, $"no guest with the UUID {uuid} runs on this node; ListGuests names those that do"));
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT: there is no such method.</exception>
    public static DirtyRateMode Mode(string method) =>
        method.Length == 0 ? DirtyRateMode.PageSampling
        : MigrationEnumMapping.ModeOf(method) ?? throw StatusDetails.BadField("method", $"is '{method}'; expected page-sampling, dirty-bitmap or dirty-ring, or nothing for page-sampling");

    /// <exception cref="RpcException">INVALID_ARGUMENT: it is too short or too long.</exception>
    public static TimeSpan Period(Duration? asked) => Span(asked, "period", s_leastPeriod, s_mostPeriod) ?? s_leastPeriod;

    /// <exception cref="RpcException">INVALID_ARGUMENT: it is too short or too long.</exception>
    public static TimeSpan? DowntimeLimit(Duration? asked) => Span(asked, "downtime_limit", TimeSpan.FromMilliseconds(1), s_mostDowntime);

    private static TimeSpan? Span(Duration? asked, string field, TimeSpan least, TimeSpan most)
    {
        if (asked is null) return null;
        // Whole seconds first: what a duration can hold is more than a TimeSpan does.
        if (Math.Abs(asked.Seconds) <= most.TotalSeconds)
        {
            var span = TimeSpan.FromSeconds(asked.Seconds) + TimeSpan.FromTicks(asked.Nanos / TimeSpan.NanosecondsPerTick);
            if (span >= least && span <= most) return span;
        }

        throw StatusDetails.BadField(field, $"is {Found(asked)}; expected {Text(least)} to {Text(most)}");
    }

    private static string Found(Duration asked) => FormattableString.Invariant($"{asked.Seconds + (asked.Nanos / 1e9):0.###} s");

    private static string Text(TimeSpan span) => span < s_leastPeriod ? FormattableString.Invariant($"{span.TotalMilliseconds:0} ms") : FormattableString.Invariant($"{span.TotalSeconds:0} s");
}
