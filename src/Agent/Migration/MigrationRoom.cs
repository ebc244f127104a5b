using NodeAgent.Config;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration;

/// <summary>All that follows guests and their migrations, made together and ended together.</summary>
public sealed class MigrationRoom : IDisposable
{
    private readonly MigrationStore _store;

    /// <param name="epoch">Of the daemon's versions.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="clock">Of everything but samples.</param>
    public MigrationRoom(long epoch, MigrationSettings settings, TimeProvider clock) => _store = new MigrationStore(epoch, settings.Grace, clock);

    public IMigrationBoard Board => _store;

    public IDirtyRateMeter DirtyRates => NoDirtyRateMeter.Instance;

    public void Configure(MigrationSettings settings) => _store.Configure(settings.Grace);

    public void Dispose() => _store.Dispose();
}
