using NodeAgent.Migration.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Where a migration is, to messages and back: a phase that programs can rely on, and QEMU's own word for it.</summary>
internal static class MigrationPhaseMapping
{
    public static V1.MigrationPhase ToWire(MigrationPhase phase) => phase switch
    {
        MigrationPhase.None or MigrationPhase.Setup => V1.MigrationPhase.Setup,
        MigrationPhase.Active => V1.MigrationPhase.Precopy,
        MigrationPhase.PreSwitchover or MigrationPhase.Device => V1.MigrationPhase.Switchover,
        MigrationPhase.PostcopyActive => V1.MigrationPhase.Postcopy,
        MigrationPhase.PostcopyPaused or MigrationPhase.PostcopyRecover => V1.MigrationPhase.PostcopyPaused,
        MigrationPhase.Completed => V1.MigrationPhase.Completed,
        MigrationPhase.Failed => V1.MigrationPhase.Failed,
        MigrationPhase.Cancelling => V1.MigrationPhase.Cancelling,
        _ => V1.MigrationPhase.Cancelled,
    };

    public static V1.MigrationPhase ToWire(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Completed => V1.MigrationPhase.Completed,
        MigrationOutcome.Failed => V1.MigrationPhase.Failed,
        MigrationOutcome.Cancelled => V1.MigrationPhase.Cancelled,
        _ => V1.MigrationPhase.Unknown,
    };

    /// <summary>The phase at the end of a migration: one that the source did not say is unknown.</summary>
    public static V1.MigrationPhase Ended(MigrationPhase phase) => phase.IsTerminal() ? ToWire(phase) : V1.MigrationPhase.Unknown;

    /// <summary>How it ended; null while it runs.</summary>
    public static MigrationOutcome? OutcomeOf(V1.MigrationPhase phase) => phase switch
    {
        V1.MigrationPhase.Completed => MigrationOutcome.Completed,
        V1.MigrationPhase.Failed => MigrationOutcome.Failed,
        V1.MigrationPhase.Cancelled => MigrationOutcome.Cancelled,
        V1.MigrationPhase.Unknown => MigrationOutcome.Unknown,
        _ => null,
    };

    /// <summary>QEMU's word, where it is known; else what the phase stands for.</summary>
    public static MigrationPhase FromWire(V1.MigrationPhase phase, string status)
    {
        var qemu = MigrationPhases.OfQemu(System.Text.Encoding.UTF8.GetBytes(status));
        return qemu is { } known && ToWire(known) == phase ? known : FromWire(phase);
    }

    public static MigrationPhase FromWire(V1.MigrationPhase phase) => phase switch
    {
        V1.MigrationPhase.Setup => MigrationPhase.Setup,
        V1.MigrationPhase.Precopy => MigrationPhase.Active,
        V1.MigrationPhase.Switchover => MigrationPhase.Device,
        V1.MigrationPhase.Postcopy => MigrationPhase.PostcopyActive,
        V1.MigrationPhase.PostcopyPaused => MigrationPhase.PostcopyPaused,
        V1.MigrationPhase.Completed => MigrationPhase.Completed,
        V1.MigrationPhase.Failed => MigrationPhase.Failed,
        V1.MigrationPhase.Cancelled => MigrationPhase.Cancelled,
        V1.MigrationPhase.Cancelling => MigrationPhase.Cancelling,
        _ => MigrationPhase.None,
    };
}
