using System.Runtime.InteropServices;
using System.Text;
using NodeAgent.Native.Linux;
using NodeAgent.Network;

namespace NodeAgent.Cli;

/// <summary>The command line's outside world on a real node.</summary>
public static class RealHost
{
    public static CliHost Create(Func<Settings, INetworkEngine> engine) => new()
    {
        // Not Console's: those load terminfo, and write codes to a terminal, colour or not; so does its window's width.
        Out = new StreamWriter(StandardStream.Output(), new UTF8Encoding(false), 16384),
        Error = new StreamWriter(StandardStream.Error(), new UTF8Encoding(false), 1024) { AutoFlush = true },
        Log = StandardStream.Error,
        In = Console.OpenStandardInput,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        TerminalWidth = static () => TtyWindow.OfOutput()?.Columns ?? 80,
        TerminalHeight = static () => TtyWindow.OfOutput()?.Rows ?? 24,
        Environment = System.Environment.GetEnvironmentVariable,
        IsConfigured = HasVariables,
        Engine = engine,
        Interruptible = UntilSignal,
    };

    private static bool HasVariables()
    {
        foreach (var name in System.Environment.GetEnvironmentVariables().Keys)
        {
            if (((string)name).StartsWith("NODEAGENT_", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static int UntilSignal(Func<CancellationToken, int> work)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        return work(stop.Token);
    }
}
