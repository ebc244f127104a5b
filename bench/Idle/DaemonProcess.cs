using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using NodeAgent.Bench.Harness;

namespace NodeAgent.Bench.Idle;

/// <summary>`nodeagent run` in the calling thread's network namespace, with folders of its own and one policy.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private DaemonProcess(string folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    public static DaemonProcess Start(string policy)
    {
        var folder = Directory.CreateTempSubdirectory("nodeagent-bench-").FullName;
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(Folder("policies"), "bench.yaml"), policy);
        string[] arguments = ["run", "--state-dir", Folder("state"), "--run-dir", Folder("run"), "--policies-dir", Folder("policies")];
        var process = Process.Start(new ProcessStartInfo(Layout.File("out/nodeagent"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // Read, so that it never waits for a reader.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new DaemonProcess(folder, process);
    }

    /// <summary>Its gRPC socket.</summary>
    public string SocketPath => Path.Combine(_folder, "run", "nodeagent.sock");

    /// <summary>Waits until it serves the node API.</summary>
    public void AwaitSocket()
    {
        if (!SpinWait.SpinUntil(() => IsServed() || _process.HasExited, TimeSpan.FromSeconds(30)) || _process.HasExited)
            throw new InvalidOperationException("nodeagent run does not serve its socket.");
    }

    public IdleFigures Observe()
    {
        if (_process.HasExited) throw new InvalidOperationException($"nodeagent run ended with status {_process.ExitCode}.");
        var proc = $"/proc/{_process.Id}";
        var threads = new Dictionary<string, long>();
        var milliseconds = new Dictionary<string, double>();
        foreach (var task in Directory.GetDirectories(proc + "/task"))
        {
            var thread = $"{Path.GetFileName(task)} ({File.ReadAllText(task + "/comm").Trim()})";
            milliseconds[thread] = long.Parse(File.ReadAllText(task + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e6;
            threads[thread] = Number(task + "/status", "voluntary_ctxt_switches:");
        }

        return new IdleFigures(threads, milliseconds, CpuClock.OfProcess(_process.Id).TotalMilliseconds, Number(proc + "/status", "VmRSS:") / 1024.0, Number(proc + "/status", "RssAnon:") / 1024.0);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsServed()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static long Number(string file, string key)
    {
        var line = File.ReadLines(file).First(l => l.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
