using System.Collections.Concurrent;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>Opens sources that say what a test tells them to.</summary>
internal sealed class FakeSources(Func<TimeSpan> now) : IGuestSourceFactory
{
    private int _opening;

    public ConcurrentDictionary<GuestProcess, FakeGuestSource> Opened { get; } = new();

    /// <summary>What a source says from its first moment on.</summary>
    public Action<FakeGuestSource>? Prepare { get; set; }

    /// <summary>Thrown in place of a source, so often.</summary>
    public (GuestSourceException Fault, int Times) Fails { get; set; }

    public bool TakesNone { get; set; }

    public GuestSourceKind Kind { get; set; } = GuestSourceKind.Qmp;

    /// <summary>Openings wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int MostAtOnce { get; private set; }

    public int Tries { get; private set; }

    public async ValueTask<IGuestSource?> TryOpenAsync(Guest guest, IGuestSourceObserver observer, CancellationToken cancellation)
    {
        lock (Opened) MostAtOnce = Math.Max(MostAtOnce, ++_opening);
        try
        {
            await Gate.WaitAsync(cancellation);
            lock (Opened)
            {
                Tries++;
                if (Fails.Times > 0)
                {
                    Fails = (Fails.Fault, Fails.Times - 1);
                    throw Fails.Fault;
                }
            }

            if (TakesNone) return null;
            var source = new FakeGuestSource(guest, observer, now) { Kind = Kind };
            Prepare?.Invoke(source);
            Opened[guest.Process] = source;
            return source;
        }
        finally
        {
            lock (Opened) _opening--;
        }
    }
}
