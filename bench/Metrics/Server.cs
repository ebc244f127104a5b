using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace NodeAgent.Bench.Metrics;

/// <summary>A program that serves /metrics in the calling thread's network namespace, with that namespace's /sys.</summary>
internal class Server : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    public Server(int port, string program, params string[] arguments)
    {
        Port = port;
        // exec all the way: the process started is the program measured.
        string[] start = ["--mount", "sh", "-c", "mount -t sysfs sysfs /sys; exec \"$@\"", "server", program, .. arguments];
        _process = Process.Start(new ProcessStartInfo("unshare", start) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AwaitListening(program);
    }

    public int Port { get; }

    /// <summary>Resident memory in MB.</summary>
    public double Rss
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;
        }
    }

    public virtual void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void AwaitListening(string program)
    {
        for (var start = Stopwatch.GetTimestamp(); ; Thread.Sleep(50))
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(start) < s_limit)
            {
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"{program} does not listen on port {Port}: {e.Message}", e);
            }
        }
    }
}
