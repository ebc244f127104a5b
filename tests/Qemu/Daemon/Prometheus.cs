using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>A real Prometheus that scrapes one address twice a second, and what it answers to PromQL.</summary>
public sealed class Prometheus : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _client = new();
    private readonly Process _process;
    private readonly Task<string> _said;

    /// <summary>Skips the test where there is none.</summary>
    public Prometheus(IPEndPoint target)
    {
        Skip.IfNot(Command.Has("prometheus"), "the program prometheus is missing (tests/run fetches Debian's package)");
        _folder = Directory.CreateTempSubdirectory("prometheus-");
        var configuration = Path.Combine(_folder.FullName, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms }
            scrape_configs: [{ job_name: nodeagent, static_configs: [{ targets: ["{{target}}"] }] }]

            """);
        var address = FreeAddress();
        _client.BaseAddress = new Uri($"http://{address}/");
        _process = Programs.Start("prometheus", [$"--config.file={configuration}", $"--storage.tsdb.path={_folder}/data", $"--web.listen-address={address}", "--log.level=warn"]);
        _process.StandardOutput.Close();
        _said = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>A port of the loopback link that nobody listens at.</summary>
    public static IPEndPoint FreeAddress()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)socket.LocalEndPoint!).Port);
    }

    /// <summary>The values of the series that a query has now.</summary>
    public double[] Ask(string query)
    {
        var answer = _client.GetStringAsync(new Uri($"api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative)).GetAwaiter().GetResult();
        return [.. JsonNode.Parse(answer)!["data"]!["result"]!.AsArray().Select(static series => double.Parse(series!["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture))];
    }

    /// <summary>Waits until a query has one series, whose value is as wanted.</summary>
    public double Await(string query, Func<double, bool> wanted)
    {
        double[] values = [];
        return Wait.Until(() => TryAsk(query, out values) && values is [var value] && wanted(value), 60) ? values[0]
            : throw new TimeoutException($"{query} is {string.Join(", ", values)}; Prometheus {(_process.HasExited ? $"ended: {_said.Result}" : "runs")}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private bool TryAsk(string query, out double[] values)
    {
        try
        {
            values = Ask(query);
            return true;
        }
        catch (HttpRequestException)
        {
            // It is not up yet.
            values = [];
            return false;
        }
    }
}
