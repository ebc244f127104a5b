using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Cli.Doctor;
using NodeAgent.Doctor;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;
using NodeAgent.Network;
using NodeAgent.Storage;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;
using NodeAgent.Storage.Watching;

namespace NodeAgent.Cli;

/// <summary>The outside world of the command line, so that tests can play it.</summary>
public sealed class CliHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens standard error for the daemon's log.</summary>
    public Func<Stream> Log { get; init; } = static () => Stream.Null;

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> In { get; init; }

    /// <summary>Standard output is a terminal: colour and its width apply.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Standard error is a terminal: progress is shown in place.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal, asked for only where there is one.</summary>
    public Func<int> TerminalWidth { get; init; } = static () => 100;

    /// <summary>Lines of the terminal, asked for only where there is one.</summary>
    public Func<int> TerminalHeight { get; init; } = static () => 25;

    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>False where no variable of ours is set: the table of all options is then not even made.</summary>
    public Func<bool> IsConfigured { get; init; } = static () => true;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the engine a command works with.</summary>
    public required Func<Settings, INetworkEngine> Engine { get; init; }

    /// <summary>Reads what this process can find out of KVM.</summary>
    public Func<Settings, KvmReport> Kvm { get; init; } = static settings => new KvmReader(settings.Paths, TimeProvider.System).Read();

    /// <summary>The roots of what is read of the host.</summary>
    public HostPaths Roots { get; init; } = HostPaths.Default;

    /// <summary>What `doctor` learns from the kernel and from other readers.</summary>
    internal Func<Invocation, DoctorSources> Doctor { get; init; } = RealSources.Of;

    /// <summary>Reads what this process can find out of storage, within seconds.</summary>
    public Func<Settings, StorageReading> Storage { get; init; } = static settings => new StorageReader(settings.Paths, TimeProvider.System).ReadOnce(TimeSpan.FromSeconds(5));

    /// <summary>Follows what this process can find out of storage until it is disposed of.</summary>
    public Func<Settings, IStorageObserver, IDisposable> StorageMonitor { get; init; } =
        static (settings, observer) => new StorageMonitor(settings.Paths, TimeProvider.System, NullLogger.Instance, observer);

    /// <summary>Runs the work with a token that SIGINT, SIGTERM and SIGHUP cancel.</summary>
    public Func<Func<CancellationToken, int>, int> Interruptible { get; init; } = static work => work(CancellationToken.None);
}
