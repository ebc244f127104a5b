using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Otlp;

/// <summary>
/// Pushes what /metrics shows to an OpenTelemetry collector at an interval, on a thread of its own. Nothing of OpenTelemetry is
/// loaded before one is configured, so no type of it may be named here.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly MetricRegistry _registry;
    private readonly OtlpSettings _settings;
    private readonly Counter _succeeded;
    private readonly Counter _failed;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly Census _census = new();
    private OtlpPipeline? _pipeline;
    private bool _failing;

    private OtlpExport(MetricRegistry registry, OtlpSettings settings, SeriesSet<Counter> exports, ILogger log)
    {
        (_registry, _settings, _log) = (registry, settings, log);
        (_succeeded, _failed) = (exports.With("success"), exports.With("failure"));
        _thread = new Thread(Run) { IsBackground = true, Name = "metrics otlp" };
    }

    public static OtlpExport Start(MetricRegistry registry, OtlpSettings settings, SeriesSet<Counter> exports, ILogger log)
    {
        var export = new OtlpExport(registry, settings, exports, log);
        log.OtlpStarted(settings.Interval.TotalSeconds, settings.Endpoint!, $"{settings.Protocol}");
        export._thread.Start();
        return export;
    }

    public void Dispose()
    {
        // One that hangs in an export is not waited for; its thread ends with that.
        _stop.Cancel();
        if (_thread.Join(s_patience)) _stop.Dispose();
    }

    private void Run()
    {
        do
        {
            Export();
        }
        while (!_stop.Token.WaitHandle.WaitOne(_settings.Interval));

        _pipeline?.Dispose();
    }

    // Whatever goes wrong in there, the daemon goes on.
    private string? Problem()
    {
        try
        {
            _registry.FreshenAsync(_stop.Token).AsTask().Wait(CancellationToken.None);
            if (_census.Take(_registry) || _pipeline is null) StartOver();
            return _pipeline!.Export() ? null : "no answer, or a refusal";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.Message;
        }
    }

    // The SDK keeps every series it ever saw: once one is gone, or there are more than it was told, it starts over.
    private void StartOver()
    {
        _pipeline?.Dispose();
        _pipeline = new OtlpPipeline(_registry, _settings, _census);
    }

    private void Export()
    {
        var problem = Problem();
        (problem is null ? _succeeded : _failed).Increment();
        if (problem is not null && !_failing) _log.OtlpFailed(_settings.Endpoint!, problem);
        else if (problem is null && _failing) _log.OtlpRecovered(_settings.Endpoint!);
        _failing = problem is not null;
    }
}
