using System.Collections.Concurrent;

namespace NodeAgent.Metrics.Instruments;

/// <summary>
/// The series of one family, made as their labels are first met and kept. At most <see cref="Limit"/>: what comes after shares
/// one series whose labels are all "other", so that no input can grow memory without end.
/// </summary>
public sealed class SeriesSet<T>
    where T : Series
{
    public const string Other = "other";
    public const int Limit = 2000;

    private readonly ConcurrentDictionary<(string, string?, string?), T> _found = new();
    private readonly Lock _lock = new();
    private readonly Func<LabelSet, T> _make;
    private volatile T[] _all = [];
    private T? _other;

    internal SeriesSet(MetricFamily family, Func<LabelSet, T> make)
    {
        (Family, _make) = (family, make);
        if (family.Labels.Count is 0 or > 3) throw new ArgumentException($"The metric {family} has {family.Labels.Count} labels where one to three are supported.", nameof(family));
    }

    public MetricFamily Family { get; }

    /// <summary>Every series there is, in the order of their making.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>The series with these values, in the order of the family's labels. Looking up one that exists allocates nothing.</summary>
    public T With(string first, string? second = null, string? third = null) =>
        _found.TryGetValue((first, second, third), out var series) ? series : Make(first, second, third);

    private T Make(string first, string? second, string? third)
    {
        lock (_lock)
        {
            if (_found.TryGetValue((first, second, third), out var known)) return known;
            if (_all.Length >= Limit) return _other ??= Add(Labels(Other, Other, Other));
            return _found[(first, second, third)] = Add(Labels(first, second, third));
        }
    }

    private T Add(LabelSet labels)
    {
        var series = _make(labels);
        _all = [.. _all, series];
        return series;
    }

    private LabelSet Labels(params ReadOnlySpan<string?> values)
    {
        var labels = new (string, string)[Family.Labels.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (Family.Labels[i], values[i] ?? throw new ArgumentException($"The metric {Family} has {labels.Length} labels; a value for {Family.Labels[i]} is missing."));
        }

        return new LabelSet(labels);
    }
}
