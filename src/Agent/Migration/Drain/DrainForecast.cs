namespace NodeAgent.Migration.Drain;

/// <summary>How long it takes to move guests off the node, and what stands in the way.</summary>
/// <param name="Guests">Those that block it first, then by the time they take, the longest first.</param>
public sealed record DrainForecast(IReadOnlyList<GuestDrain> Guests)
{
    /// <summary>At least this long from now, for the guests that can be moved; null: nobody can say.</summary>
    public double? LowSeconds { get; init; }

    /// <summary>At most this long; null: a guest blocks it, or nobody can say.</summary>
    public double? HighSeconds { get; init; }

    /// <summary>Migrations at a time that were reckoned with.</summary>
    public int Parallel { get; init; }

    /// <summary>Bytes a second of all together that were reckoned with; null: none known.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>What it rests on, a sentence.</summary>
    public required string Basis { get; init; }

    /// <summary>The whole in one sentence: how long, and what stands in the way.</summary>
    public required string Summary { get; init; }
}
