using System.Diagnostics;

namespace NodeAgent.Tests.Support;

/// <summary>A multipathd of the test's own, in the virtual machine: there is one for a machine.</summary>
public sealed class MultipathDaemon : IDisposable
{
    private readonly Process _process;

    private MultipathDaemon(Process process) => _process = process;

    /// <param name="pollSeconds">How often it checks a path.</param>
    /// <param name="noPathRetry">What becomes of I/O when no path is left: "queue" or "fail".</param>
    public static MultipathDaemon Start(int pollSeconds = 1, string noPathRetry = "queue")
    {
        Directory.CreateDirectory("/etc/multipath");
        Directory.CreateDirectory("/run/multipath");
        // One setting a line: its parser takes no more.
        File.WriteAllText("/etc/multipath.conf", $$"""
            defaults {
             find_multipaths no
             user_friendly_names yes
             polling_interval {{pollSeconds}}
             max_polling_interval {{pollSeconds}}
             no_path_retry {{noPathRetry}}
            }

            """);
        var start = new ProcessStartInfo("/usr/sbin/multipathd", ["-d", "-s"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var daemon = new MultipathDaemon(process);
        if (Wait.Until(() => Ask("show daemon").Contains("idle", StringComparison.Ordinal))) return daemon;
        daemon.Dispose();
        throw new InvalidOperationException("multipathd does not answer");
    }

    /// <summary>What it answers; "" where it does not run.</summary>
    public static string Ask(string command) => Command.Try("/usr/sbin/multipathd", command.Split(' ')).Output;

    /// <summary>It takes connections, and does not answer.</summary>
    public void Stop() => Command.Line($"kill -STOP {_process.Id}");

    public void Continue() => Command.Line($"kill -CONT {_process.Id}");

    /// <summary>Nobody takes connections any more; the maps stay.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
