using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>The labels of a migration's series, made once for each migration, and again where its peer becomes known.</summary>
internal sealed class MigrationLabels
{
    /// <summary>Characters of a label that are shown: the name of a domain may be as long as it likes.</summary>
    private const int Most = 200;

    private static readonly MigrationVerdict[] s_verdicts = Enum.GetValues<MigrationVerdict>();

    private readonly Guest _guest;
    private readonly string? _peer;

    public MigrationLabels(in MigrationStatus status)
    {
        (_guest, _peer) = (status.Guest, status.Peer);
        Key = (_guest.Namespace is { } there ? Clip(there) : "", NameOf(_guest), status.Direction, Clip(_peer ?? ""));
        var (space, name, direction, peer) = Key;
        All = new LabelSet(("namespace", space), ("name", name), ("direction", direction.Name()), ("peer", peer));
        Verdicts = [.. s_verdicts.Select(v => new LabelSet(("namespace", space), ("name", name), ("direction", direction.Name()), ("peer", peer), ("verdict", v.Name())))];
    }

    public static int VerdictCount => s_verdicts.Length;

    /// <summary>Two migrations with the same cannot both be shown.</summary>
    public (string Namespace, string Name, MigrationDirection Direction, string Peer) Key { get; }

    public LabelSet All { get; }

    /// <summary>By the order of <see cref="MigrationVerdict"/>.</summary>
    public LabelSet[] Verdicts { get; }

    /// <summary>The version of the board that had the migration last.</summary>
    public long Version { get; set; }

    /// <summary>The name of the VirtualMachineInstance; outside of KubeVirt the domain's.</summary>
    public static string NameOf(Guest guest) => Clip(guest.Name ?? (guest.Domain.Length > 0 ? guest.Domain : guest.Uuid));

    public static string Clip(string text) => text.Length <= Most ? text : text[..Most];

    public bool IsOf(in MigrationStatus status) => ReferenceEquals(status.Guest, _guest) && status.Peer == _peer;
}
