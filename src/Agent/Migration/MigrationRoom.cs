using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using NodeAgent.Migration.Guests;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Qmp;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Migration;

/// <summary>All that follows guests and their migrations, made together and ended together.</summary>
public sealed class MigrationRoom : IDisposable
{
    private readonly HostPaths _paths;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly MigrationHistory _history;
    private readonly MigrationStore _store;
    private readonly LibvirtSources _libvirt;
    private readonly MigrationSampler _sampler;
    private readonly DirtyRateMeter _meter;
    private readonly bool _enabled;
    private GuestMonitor? _monitor;

    /// <param name="paths">Where everything is.</param>
    /// <param name="epoch">Of the daemon's versions.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="clock">Of everything.</param>
    /// <param name="log">Of the area.</param>
    /// <param name="samples">Is told of each sample.</param>
    public MigrationRoom(HostPaths paths, long epoch, MigrationSettings settings, TimeProvider clock, ILogger log, ISamplingObserver? samples = null)
    {
        (_paths, _clock, _log, _enabled) = (paths, clock, log, settings.Enabled);
        _history = new MigrationHistory(paths, settings.History, log);
        _store = new MigrationStore(epoch, settings.Grace, clock, _history);
        _store.Tell(new MigrationLog(log));
        _libvirt = new LibvirtSources(paths, clock, log);
        var facts = new HostFacts(paths);
        var options = new SamplingOptions
        {
            Factories = [_libvirt, new QmpSources(paths, clock, log)],
            Rate = settings.Rate,
            Open = _history,
            FindPeer = guest => PeerFinder.Find(paths, guest),
            NodeName = () => facts.HostName,
            Observer = samples,
        };
        _sampler = new MigrationSampler(_store, options, clock, log);
        _meter = new DirtyRateMeter(_sampler, settings.MeasureInterval, clock);
    }

    public IMigrationBoard Board => _store;

    /// <summary>False: the configuration says that guests are not followed.</summary>
    public bool IsEnabled => _enabled;

    /// <summary>The record of migrations.</summary>
    internal MigrationHistory History => _history;

    /// <summary>After the node was looked over, and at each change of its guests.</summary>
    public event Action<IReadOnlyList<GuestState>> GuestsChanged
    {
        add => _store.GuestsChanged += value;
        remove => _store.GuestsChanged -= value;
    }

    public IDirtyRateMeter DirtyRates => _enabled ? _meter : NoDirtyRateMeter.Instance;

    /// <summary>Tells somebody what happens from now on.</summary>
    public void Tell(IMigrationObserver observer) => _store.Tell(observer);

    /// <summary>Puts what is wrong with migrations on the board of verdicts from now on.</summary>
    public void Judge(VerdictBoard board)
    {
        _store.Tell(new MigrationVerdictSetter(board));
        HistoryVerdict.Tell(_history, board);
    }

    /// <summary>Begins to look for guests, where that is not turned off. On a thread in the network namespace of the host: the kernel tells of processes there only.</summary>
    public void Watch()
    {
        if (_enabled) _monitor = new GuestMonitor(_paths, _clock, _log, _sampler);
    }

    public void Configure(MigrationSettings settings)
    {
        _store.Configure(settings.Grace);
        _sampler.Configure(settings.Rate);
        _meter.Configure(settings.MeasureInterval);
    }

    public void Dispose()
    {
        _monitor?.Dispose();
        _sampler.Dispose();
        _libvirt.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _store.Dispose();
        _history.Dispose();
    }
}
