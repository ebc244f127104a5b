using NodeAgent.Migration.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>The words for migrations, to messages and back.</summary>
internal static class MigrationEnumMapping
{
    public static V1.MigrationDirection ToWire(MigrationDirection direction) =>
        direction == MigrationDirection.Incoming ? V1.MigrationDirection.Incoming : V1.MigrationDirection.Outgoing;

    public static MigrationDirection FromWire(V1.MigrationDirection direction) =>
        direction == V1.MigrationDirection.Incoming ? MigrationDirection.Incoming : MigrationDirection.Outgoing;

    public static V1.GuestSource ToWire(GuestSourceKind kind) => kind switch
    {
        GuestSourceKind.Libvirt => V1.GuestSource.Libvirt,
        GuestSourceKind.Qmp => V1.GuestSource.Qmp,
        _ => V1.GuestSource.Proc,
    };

    public static GuestSourceKind FromWire(V1.GuestSource source) => source switch
    {
        V1.GuestSource.Libvirt => GuestSourceKind.Libvirt,
        V1.GuestSource.Qmp => GuestSourceKind.Qmp,
        _ => GuestSourceKind.Proc,
    };

    public static V1.ForecastVerdict ToWire(MigrationVerdict verdict) => verdict switch
    {
        MigrationVerdict.TooEarly => V1.ForecastVerdict.TooEarly,
        MigrationVerdict.Converging => V1.ForecastVerdict.Converging,
        MigrationVerdict.Slow => V1.ForecastVerdict.Slow,
        MigrationVerdict.Stagnating => V1.ForecastVerdict.Stagnating,
        MigrationVerdict.WillNotConverge => V1.ForecastVerdict.WillNotConverge,
        MigrationVerdict.SwitchingOver => V1.ForecastVerdict.SwitchingOver,
        MigrationVerdict.Done => V1.ForecastVerdict.Done,
        MigrationVerdict.Failed => V1.ForecastVerdict.Failed,
        _ => V1.ForecastVerdict.Cancelled,
    };

    /// <summary>What this program does not know, from an agent of another version, is what nobody can tell.</summary>
    public static MigrationVerdict FromWire(V1.ForecastVerdict verdict) => verdict switch
    {
        V1.ForecastVerdict.Converging => MigrationVerdict.Converging,
        V1.ForecastVerdict.Slow => MigrationVerdict.Slow,
        V1.ForecastVerdict.Stagnating => MigrationVerdict.Stagnating,
        V1.ForecastVerdict.WillNotConverge => MigrationVerdict.WillNotConverge,
        V1.ForecastVerdict.SwitchingOver => MigrationVerdict.SwitchingOver,
        V1.ForecastVerdict.Done => MigrationVerdict.Done,
        V1.ForecastVerdict.Failed => MigrationVerdict.Failed,
        V1.ForecastVerdict.Cancelled => MigrationVerdict.Cancelled,
        _ => MigrationVerdict.TooEarly,
    };

    /// <summary>The method's name, as QEMU's calc-dirty-rate has it.</summary>
    public static string Name(DirtyRateMode mode) => mode switch
    {
        DirtyRateMode.DirtyBitmap => "dirty-bitmap",
        DirtyRateMode.DirtyRing => "dirty-ring",
        _ => "page-sampling",
    };

    /// <summary>The method of a name; null for one that there is not.</summary>
    public static DirtyRateMode? ModeOf(string name) => name switch
    {
        "page-sampling" => DirtyRateMode.PageSampling,
        "dirty-bitmap" => DirtyRateMode.DirtyBitmap,
        "dirty-ring" => DirtyRateMode.DirtyRing,
        _ => null,
    };
}
