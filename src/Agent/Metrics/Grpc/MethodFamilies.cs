using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Grpc;

/// <summary>The families gRPC calls are counted in.</summary>
internal sealed class MethodFamilies(MetricRegistry registry)
{
    private const string Service = "grpc_service";
    private const string Method = "grpc_method";

    public SeriesSet<Counter> Started { get; } = registry.Counters("nodeagent_grpc_server_started_total", "Calls begun.", Service, Method);

    public SeriesSet<Counter> Handled { get; } = registry.Counters("nodeagent_grpc_server_handled_total", "Calls ended, by status code.", Service, Method, "grpc_code");

    public SeriesSet<Gauge> InProgress { get; } = registry.Gauges("nodeagent_grpc_server_calls_in_progress", "Calls and streams that are open.", Service, Method);

    public SeriesSet<Histogram> Duration { get; } = registry.Histograms("nodeagent_grpc_server_handling_seconds", "How long calls took until their end, streams as long as they were open.", HistogramBounds.Calls, Service, Method);

    public SeriesSet<Counter> Received { get; } = registry.Counters("nodeagent_grpc_server_messages_received_total", "Messages from clients.", Service, Method);

    public SeriesSet<Counter> Sent { get; } = registry.Counters("nodeagent_grpc_server_messages_sent_total", "Messages to clients.", Service, Method);
}
