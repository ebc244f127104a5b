using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>A sampler with its store, over guests whose sources a test plays, on a clock that a test turns.</summary>
internal sealed class SamplerHouse : IDisposable
{
    public const string Node = "node-7";

    private readonly List<MigrationStatus> _statuses = [];

    public SamplerHouse(IOpenMigrations? open = null, int rate = 4, SteppingClock? clock = null)
    {
        Clock = clock ?? new SteppingClock();
        Sources = new FakeSources(() => Now);
        Store = new MigrationStore(1, TimeSpan.FromMinutes(5), Clock);
        Store.Tell(Told);
        Sampler = new MigrationSampler(Store, new SamplingOptions
        {
            Factories = [Sources],
            Rate = rate,
            Open = open,
            NodeName = static () => Node,
            FindPeer = process => Peers.GetValueOrDefault(process),
        }, Clock, NullLogger.Instance);
    }

    public SteppingClock Clock { get; }

    public FakeSources Sources { get; }

    public MigrationStore Store { get; }

    public MigrationSampler Sampler { get; }

    public ToldEvents Told { get; } = new();

    public Dictionary<GuestProcess, string> Peers { get; } = [];

    public TimeSpan Now => Clock.GetElapsedTime(0);

    public static Guest Guest(int pid, string uuid = "11111111-1111-1111-1111-111111111111", bool incoming = false) =>
        new(new GuestProcess(pid, 1000), uuid, "default_vm" + pid) { Namespace = "default", Name = "vm" + pid, Incoming = incoming };

    public static MigrationSample Active(long remaining, long pass = 1, double elapsed = 1) => new(default)
    {
        Phase = MigrationPhase.Active,
        Elapsed = TimeSpan.FromSeconds(elapsed),
        TotalBytes = 1 << 30,
        RemainingBytes = remaining,
        TransferredBytes = (1 << 30) - remaining,
        TransferBytesPerSecond = 100 << 20,
        Pass = pass,
    };

    /// <summary>A guest that came, with its source opened and looked at.</summary>
    public FakeGuestSource Come(Guest guest)
    {
        Sampler.Came(guest);
        Assert(Wait.Until(() => State(guest)?.DirtyRate is not null || Statuses().Any(s => s.Guest.Process == guest.Process)));
        // Whoever publishes tells observers after readers: until that is done, nobody writes.
        using (Store.Write()) return Sources.Opened[guest.Process];
    }

    public GuestState? State(Guest guest) => Store.Guests.FirstOrDefault(g => g.Guest.Process == guest.Process);

    /// <summary>The migrations told of.</summary>
    public IReadOnlyList<MigrationStatus> Statuses()
    {
        _statuses.Clear();
        Store.CopyTo(_statuses);
        return _statuses;
    }

    public void Advance(double seconds) => Clock.Steady.Advance(TimeSpan.FromSeconds(seconds));

    public void Dispose()
    {
        Sampler.Dispose();
        Store.Dispose();
    }

    private static void Assert(bool holds) => Xunit.Assert.True(holds);
}
