using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Forecasting;

/// <summary>
/// Follows one migration: samples (and the times of syncs, where events tell them) go in, a forecast comes out. Each costs the
/// same however long it runs, memory is fixed, nothing is allocated, and the same samples give the same forecasts.
/// </summary>
public sealed class MigrationForecaster
{
    private MigrationState _state;
    private SteadyVerdict _verdict;

    /// <summary>The passes seen so far, newest first; at most <paramref name="into"/>.Length of them, and at most 8.</summary>
    public int Passes(Span<MigrationPass> into)
    {
        var count = Math.Min(into.Length, _state.Passes.Count);
        for (var i = 0; i < count; i++) into[i] = _state.Passes[i];
        return count;
    }

    /// <summary>The bitmap was synced and this pass began (QEMU's MIGRATION_PASS, libvirt's migration-iteration); tells the time between two samples.</summary>
    public void Synced(long pass, TimeSpan at) => _state.Synced(pass, at.TotalSeconds);

    /// <summary>Takes a sample and says how things stand.</summary>
    public MigrationForecast Add(in MigrationSample sample)
    {
        _state.Take(SampleFilter.Sane(sample));
        return Outlook.Of(in _state, ref _verdict, sample.At);
    }
}
