using System.Diagnostics;
using System.Globalization;

namespace NodeAgent.Bench.Migration;

/// <summary>Many watchers in a process of their own.</summary>
internal sealed class StreamClients : IDisposable
{
    private readonly Process _process;

    /// <summary>Ends once all have the first state.</summary>
    public StreamClients(string socket, int count)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StreamClients).Assembly.Location, StreamClientProcess.Argument, socket, count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        if (_process.StandardOutput.ReadLine() is not "ready") throw new InvalidOperationException("The watchers did not start.");
    }

    /// <summary>Each message since the last call: its version, and when it was there in ticks of 100 ns of the machine's monotonic clock.</summary>
    public List<(long Version, long At)> Take()
    {
        _process.StandardInput.WriteLine("take");
        _process.StandardInput.Flush();
        var taken = new List<(long, long)>();
        while (_process.StandardOutput.ReadLine() is { Length: > 0 } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            taken.Add((long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture), long.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture)));
        }

        return taken;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill();
        _process.Dispose();
    }
}
