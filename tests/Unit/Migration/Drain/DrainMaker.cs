using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Tests.Unit.Migration.Drain;

/// <summary>Guests to be moved.</summary>
internal static class DrainMaker
{
    public const double MiB = 1 << 20;

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static DrainQuestion Question(params DrainGuest[] guests) => new(guests, Now);

    /// <param name="name">In the namespace prod.</param>
    /// <param name="gibibytes">Memory.</param>
    /// <param name="dirty">MiB a second as measured a moment ago; null: never.</param>
    /// <param name="blockers">Of the host.</param>
    public static DrainGuest Guest(string name, double gibibytes, double? dirty, params string[] blockers) => new(
        new GuestState(new Guest(new GuestProcess(100, 1), "uuid-" + name, "prod_" + name) { Namespace = "prod", Name = name, MemoryBytes = (long)(gibibytes * 1024 * MiB) }, GuestSourceKind.Libvirt)
        {
            DirtyRate = dirty is { } rate ? new DirtyRate((long)(rate * MiB), DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), Now - TimeSpan.FromMinutes(1)) : null,
            Blockers = blockers,
        });

    public static MigrationRecord Record(double start, double seconds, double? rate, MigrationOutcome outcome = MigrationOutcome.Completed, MigrationDirection direction = MigrationDirection.Outgoing) =>
        new("m", "u", "d", direction, outcome, Now + TimeSpan.FromSeconds(start), Now + TimeSpan.FromSeconds(start + seconds)) { BytesPerSecond = rate * MiB };
}
