using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>The guests of the node for the metrics, made anew where the board's list is another.</summary>
internal sealed class GuestRates
{
    /// <summary>Guests with series of their own.</summary>
    public const int Most = 256;

    public static readonly GuestRates None = new([]);

    private readonly IReadOnlyList<GuestState> _guests;
    private readonly long[] _bySource = new long[Enum.GetValues<GuestSourceKind>().Length];

    private GuestRates(IReadOnlyList<GuestState> guests)
    {
        _guests = guests;
        foreach (var guest in guests) _bySource[(int)guest.Source]++;
        Measured =
        [
            .. guests.Where(static g => g.DirtyRate is not null)
                .Select(static g => (Namespace: MigrationLabels.Clip(g.Guest.Namespace ?? ""), Name: MigrationLabels.NameOf(g.Guest), Rate: g.DirtyRate!))
                .GroupBy(static g => (g.Namespace, g.Name))
                .Select(static g => new GuestRate(new LabelSet(("namespace", g.Key.Namespace), ("name", g.Key.Name)), g.MaxBy(static one => one.Rate.MeasuredAt).Rate))
                .Take(Most),
        ];
        NotFollowed =
        [
            .. guests.Where(static g => g.IsUnreadable)
                .Select(static g => (Namespace: MigrationLabels.Clip(g.Guest.Namespace ?? ""), Name: MigrationLabels.NameOf(g.Guest), Reason: MigrationLabels.Clip(g.Limitation ?? "")))
                .DistinctBy(static g => (g.Namespace, g.Name))
                .Select(static g => new LabelSet(("namespace", g.Namespace), ("name", g.Name), ("reason", g.Reason)))
                .Take(Most),
        ];
    }

    /// <summary>Guests whose migrations are not seen, with the reason.</summary>
    public LabelSet[] NotFollowed { get; }

    public GuestRate[] Measured { get; }

    public long Count(int source) => _bySource[source];

    public GuestRates With(IReadOnlyList<GuestState> guests) => ReferenceEquals(guests, _guests) ? this : new GuestRates(guests);
}
