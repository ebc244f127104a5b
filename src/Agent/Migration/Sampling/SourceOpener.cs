using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Sampling;

/// <summary>Opens the sources of guests: the first factory that takes a guest, a few guests at once, again and again where one could be read but does not answer.</summary>
/// <param name="factories">In the order in which they are tried.</param>
/// <param name="observer">Is told what sources hear.</param>
/// <param name="clock">Of the pauses.</param>
internal sealed class SourceOpener(IReadOnlyList<IGuestSourceFactory> factories, IGuestSourceObserver observer, TimeProvider clock) : IDisposable
{
    /// <summary>However many guests start together.</summary>
    public const int AtOnce = 16;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Null: none of the factories can read this guest, now or ever.</summary>
    /// <param name="guest">To be read.</param>
    /// <param name="failed">Is told why a try failed.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IGuestSource?> OpenAsync(Guest guest, Action<string> failed, CancellationToken cancellation)
    {
        for (var pause = s_firstPause; ; pause = Shorter(pause * 2, s_longestPause))
        {
            try
            {
                return await TryAsync(guest, cancellation).ConfigureAwait(false);
            }
            catch (GuestSourceException e)
            {
                failed(e.Message);
                if (e.Fault == GuestSourceFault.Unsupported) return null;
            }

            await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _turns.Dispose();

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<IGuestSource?> TryAsync(Guest guest, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var factory in factories)
            {
                if (await factory.TryOpenAsync(guest, observer, cancellation).ConfigureAwait(false) is { } source) return source;
            }

            return null;
        }
        finally
        {
            _turns.Release();
        }
    }
}
