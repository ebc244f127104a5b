using NodeAgent.Hosting;
using NodeAgent.Network.Drift;

namespace NodeAgent.Systemd;

/// <summary>Keeps the service manager told: ready, reloading, stopping, and how things stand. Told of the policies as an observer of the daemon.</summary>
public sealed class ServiceStatus : IDaemonObserver, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Notifier _notifier;
    private readonly Readiness _readiness;
    private IReadOnlyList<PolicyStatus> _policies = [];
    private string _told = "";
    private bool _stopping;

    public ServiceStatus(Notifier notifier, Readiness readiness)
    {
        (_notifier, _readiness) = (notifier, readiness);
        if (notifier.IsWanted) readiness.Changed += Tell;
    }

    public void Policies(IReadOnlyList<PolicyStatus> policies)
    {
        lock (_lock) _policies = policies;
        Tell();
    }

    /// <summary>The policies found at the start are applied.</summary>
    public void Ready() => Send(_notifier.Ready);

    /// <summary>Does the work as a reload, from the manager's point of view.</summary>
    public void Reload(Action work)
    {
        _notifier.Reloading();
        work();
        Send(_notifier.Ready);
    }

    public void Stopping()
    {
        lock (_lock)
        {
            _stopping = true;
            _notifier.Stopping();
        }
    }

    public void Dispose() => _readiness.Changed -= Tell;

    private void Tell()
    {
        if (_notifier.IsWanted) Send(_notifier.Status, onlyNews: true);
    }

    private void Send(Action<string> tell, bool onlyNews = false)
    {
        lock (_lock)
        {
            var text = StatusSentence.Of(_policies, _readiness.Snapshot);
            if (_stopping || (onlyNews && text == _told)) return;
            _told = text;
            tell(text);
        }
    }
}
