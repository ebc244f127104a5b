using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>What every guest's follower shares.</summary>
internal sealed class SamplerContext(TimeProvider clock, IOpenMigrations? open)
{
    private readonly MigrationIds _ids = new(clock.GetUtcNow());

    /// <summary>The time of samples and events: <see cref="Sources.SourceClock"/>'s, where the clock is the machine's.</summary>
    public TimeSpan Now => clock.GetElapsedTime(0);

    public string NextId() => _ids.Next();

    /// <summary>The wall clock's date of a moment.</summary>
    public SteadyTime Date(TimeSpan moment) => new(moment, clock.GetUtcNow() - (Now - moment));

    public OpenMigration? TryResume(Guest guest, MigrationDirection direction) => open?.TryResume(guest.Process, guest.Uuid, direction);
}
