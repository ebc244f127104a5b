using NodeAgent.Api.Mapping;
using NodeAgent.Api.V1;
using NodeAgent.Migration.Model;
using MigrationDirection = NodeAgent.Api.V1.MigrationDirection;
using MigrationPhase = NodeAgent.Api.V1.MigrationPhase;

namespace NodeAgent.Cli.Migration;

/// <summary>The words for what the API tells of migrations: the same in tables, JSON and lines of a watch.</summary>
internal static class WireWords
{
    /// <summary>Null where nothing was said.</summary>
    public static string? Of(ForecastVerdict verdict) => verdict == ForecastVerdict.Unspecified ? null : MigrationEnumMapping.FromWire(verdict).Name();

    public static string Of(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Setup => "setup",
        MigrationPhase.Precopy => "precopy",
        MigrationPhase.Switchover => "switchover",
        MigrationPhase.Postcopy => "postcopy",
        MigrationPhase.PostcopyPaused => "postcopy-paused",
        MigrationPhase.Completed => "completed",
        MigrationPhase.Failed => "failed",
        MigrationPhase.Cancelled => "cancelled",
        MigrationPhase.Cancelling => "cancelling",
        _ => "unknown",
    };

    /// <summary>"switchover (device)": with QEMU's word where several of its words are one phase.</summary>
    public static string Of(MigrationPhase phase, string status) =>
        phase is MigrationPhase.Switchover or MigrationPhase.PostcopyPaused && status.Length > 0 && status != Of(phase) ? $"{Of(phase)} ({SafeText.Of(status)})" : Of(phase);

    public static string Of(MigrationDirection direction) => direction switch
    {
        MigrationDirection.Outgoing => "outgoing",
        MigrationDirection.Incoming => "incoming",
        _ => "unknown",
    };

    public static string Of(GuestSource source) => source switch
    {
        GuestSource.Libvirt => "libvirt",
        GuestSource.Qmp => "qmp",
        GuestSource.Proc => "proc",
        _ => "unknown",
    };

    /// <summary>Nothing more comes.</summary>
    public static bool IsOver(this Api.V1.Migration migration) =>
        migration.Ended is not null || migration.Phase is MigrationPhase.Completed or MigrationPhase.Failed or MigrationPhase.Cancelled or MigrationPhase.Unknown;

    /// <summary>It will not finish as things are, or not soon, or it stands still.</summary>
    public static bool IsInTrouble(this Api.V1.Migration migration) =>
        !migration.IsOver() && (migration.Phase == MigrationPhase.PostcopyPaused || migration.Forecast?.Verdict is ForecastVerdict.Slow or ForecastVerdict.Stagnating or ForecastVerdict.WillNotConverge);

    /// <summary>What people call it, as it is safe to show.</summary>
    public static string Name(GuestRef guest) => SafeText.Of(RawName(guest));

    /// <summary>"namespace/name", or the domain's name, or its UUID.</summary>
    public static string RawName(GuestRef guest) =>
        guest is { Namespace.Length: > 0, Name.Length: > 0 } ? $"{guest.Namespace}/{guest.Name}" : guest.Domain.Length > 0 ? guest.Domain : guest.Uuid;

    public static Func<string, string>? Paint(Style style, ForecastVerdict verdict) => verdict switch
    {
        ForecastVerdict.Done or ForecastVerdict.Converging or ForecastVerdict.SwitchingOver => style.Good,
        ForecastVerdict.Slow or ForecastVerdict.Stagnating => style.Warn,
        ForecastVerdict.WillNotConverge or ForecastVerdict.Failed => style.Bad,
        ForecastVerdict.Unspecified => null,
        _ => style.Faint,
    };
}
