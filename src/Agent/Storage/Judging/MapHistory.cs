using System.Collections.Immutable;

namespace NodeAgent.Storage.Judging;

/// <summary>What is remembered of a map from one judgement to the next, and across restarts.</summary>
public sealed record MapHistory
{
    /// <summary>Of a map that was never seen.</summary>
    public static readonly MapHistory None = new();

    /// <summary>The most it ever had, or had since it was last accepted with fewer; each number by itself.</summary>
    public PathSpread Best { get; init; }

    /// <summary>The last verdict; null: never judged.</summary>
    public MapState? State { get; init; }

    /// <summary>When that state began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Usable paths when it was judged last.</summary>
    public int Usable { get; init; }

    /// <summary>The number of paths last went down; false: up.</summary>
    public bool WentDown { get; init; }

    /// <summary>How often device-mapper had failed its paths by then; null: not known, it counts anew with each table.</summary>
    public ulong? FailCount { get; init; }

    /// <summary>When the number of its paths turned from growing to shrinking or back, oldest first; no more than flapping is judged by.</summary>
    public ImmutableArray<DateTimeOffset> Turns { get; init; } = [];

    /// <summary>When it began to queue; null where it does not.</summary>
    public DateTimeOffset? QueueingSince { get; init; }

    /// <summary>When it was first seen suspended; null where it is not.</summary>
    public DateTimeOffset? SuspendedSince { get; init; }

    /// <summary>How long it was without the redundancy it once had, up to <see cref="LostSince"/>.</summary>
    public TimeSpan Lost { get; init; }

    /// <summary>Since when it is so now; null where it is not.</summary>
    public DateTimeOffset? LostSince { get; init; }

    /// <summary>How long it was without the redundancy it once had, up to now.</summary>
    public TimeSpan LostUntil(DateTimeOffset now) => LostSince is { } since && now > since ? Lost + (now - since) : Lost;
}
