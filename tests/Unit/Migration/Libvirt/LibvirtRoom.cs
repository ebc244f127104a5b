using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Libvirt;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

/// <summary>A daemon of a test's own, sources that read guests by it, and a clock that stands still.</summary>
internal sealed class LibvirtRoom : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("libvirt-").FullName;

    public LibvirtRoom()
    {
        Sockets = new FakeSockets(_folder);
        Sources = new LibvirtSources(Sockets, Clock, Log);
        Daemon = Listen();
    }

    public static FakeDomain Domain { get; } = new("a b/ü\n", Guid.Parse("11111111-2222-3333-4444-555555555555"));

    public static FakeDomain Other { get; } = new("other", Guid.Parse("21111111-2222-3333-4444-555555555555"), 2);

    public static Guest Guest { get; } = GuestOf(Domain, 4711);

    public ManualClock Clock { get; } = new();

    public RecordedLog Log { get; } = new();

    public FakeSockets Sockets { get; }

    public LibvirtSources Sources { get; }

    public FakeLibvirt Daemon { get; private set; }

    public HeardEvents Heard { get; } = new();

    public static Guest GuestOf(FakeDomain domain, int pid) => new(new GuestProcess(pid, 1), domain.Uuid.ToString(), domain.Name) { RunByLibvirt = true };

    public string PathOf(string name) => Path.Combine(_folder, name);

    public FakeLibvirt Listen() => Daemon = new FakeLibvirt(PathOf("libvirt-sock"), Domain, Other);

    public async Task<IGuestSource> OpenAsync(Guest? guest = null) => (await Sources.TryOpenAsync(guest ?? Guest, Heard, CancellationToken.None))!;

    /// <summary>Lets time pass in steps until something holds.</summary>
    public bool Pass(Func<bool> until, TimeSpan step) => Wait.Until(() =>
    {
        if (until()) return true;
        Clock.Advance(step);
        return until();
    });

    public async ValueTask DisposeAsync()
    {
        await Sources.DisposeAsync();
        Daemon.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Lines that were logged.</summary>
    internal sealed class RecordedLog : ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add($"{eventId.Id} {logLevel} {formatter(state, exception)}");
        }
    }
}
