using Grpc.Core;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Grpc;

/// <summary>The series of one method.</summary>
internal sealed class MethodSeries(MethodFamilies families, string service, string method)
{
    // Names as the gRPC specification spells them, ready for the hot path.
    private static readonly Dictionary<StatusCode, string> s_codes = Enum.GetValues<StatusCode>().ToDictionary(code => code, code => code.ToString());

    public Counter Started { get; } = families.Started.With(service, method);

    public Gauge InProgress { get; } = families.InProgress.With(service, method);

    public Histogram Duration { get; } = families.Duration.With(service, method);

    public Counter Received { get; } = families.Received.With(service, method);

    public Counter Sent { get; } = families.Sent.With(service, method);

    public Counter Handled(StatusCode code) => families.Handled.With(service, method, s_codes[code]);
}
