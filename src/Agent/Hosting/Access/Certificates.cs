using Microsoft.Extensions.Logging;
using NodeAgent.Config;

namespace NodeAgent.Hosting.Access;

/// <summary>
/// The certificates in force, read again when their files change (also by the swap of a symbolic link, as the kubelet does) and on SIGHUP.
/// Files that are broken or half written leave the old ones in force. Connections there are keep theirs.
/// </summary>
public sealed class Certificates : IDisposable
{
    // Certificate and key are seldom replaced in one go: the second is waited for.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(200);

    private readonly TcpSettings _settings;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer _settled;
    private readonly Lock _lock = new();
    private volatile CertificateSet _current;

    /// <exception cref="AccessConfigurationException">The files are not fit to start with.</exception>
    public Certificates(TcpSettings settings, ILogger log, TimeProvider clock)
    {
        (_settings, _current, _log, _clock) = (settings, CertificateFiles.Read(settings), log, clock);
        _settled = clock.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var folder in new[] { settings.Certificate, settings.Key, settings.ClientCa }.Select(static f => Path.GetDirectoryName(f)!).Distinct(StringComparer.Ordinal)) Watch(folder);
        WarnOfExpiry(_current);
    }

    /// <summary>When the server's certificate expires.</summary>
    public DateTimeOffset Expires => _current.Expires;

    /// <summary>When the first of the clients' authorities expires.</summary>
    public DateTimeOffset AuthoritiesExpire => _current.Roots.Min(static c => c.NotAfter);

    internal CertificateSet Current => _current;

    /// <summary>Reads the files; false where the old certificates stay because the new ones are wrong.</summary>
    public bool Reload()
    {
        lock (_lock)
        {
            try
            {
                var read = CertificateFiles.Read(_settings);
                if (read.Stamp == _current.Stamp) return true;
                _current = read;
                _log.CertificatesRead(read.Server.Subject, read.Expires);
                WarnOfExpiry(read);
                return true;
            }
            catch (AccessConfigurationException e)
            {
                foreach (var cause in e.Causes) _log.CertificatesKept(cause);
                return false;
            }
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _settled.Dispose();
    }

    private void WarnOfExpiry(CertificateSet set)
    {
        if (set.Expires < _clock.GetUtcNow()) _log.CertificateExpired(_settings.Certificate, set.Expires);
    }

    private void Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Attributes };
        watcher.Changed += (_, _) => Heard();
        watcher.Created += (_, _) => Heard();
        watcher.Deleted += (_, _) => Heard();
        watcher.Renamed += (_, _) => Heard();
        watcher.Error += (_, _) => Heard();
        watcher.EnableRaisingEvents = true;
        _watchers.Add(watcher);
    }

    private void Heard() => _settled.Change(s_settle, Timeout.InfiniteTimeSpan);
}
