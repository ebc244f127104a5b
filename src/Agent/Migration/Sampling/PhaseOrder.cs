using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <summary>Phases come in an order: an answer that was on its way when an event told of a later one says nothing of the phase.</summary>
internal static class PhaseOrder
{
    public static bool IsBehind(MigrationPhase phase, MigrationPhase known) => !phase.IsTerminal() && RankOf(phase) < RankOf(known);

    // In post-copy it goes back and forth between connected and not.
    private static int RankOf(MigrationPhase phase) => phase switch
    {
        MigrationPhase.None => 0,
        MigrationPhase.Setup => 1,
        MigrationPhase.Active => 2,
        MigrationPhase.PreSwitchover => 3,
        MigrationPhase.Device => 4,
        MigrationPhase.Cancelling => 6,
        _ => 5,
    };
}
