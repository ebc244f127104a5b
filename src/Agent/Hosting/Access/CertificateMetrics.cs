using NodeAgent.Metrics;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Hosting.Access;

/// <summary>When certificates run out, for alerts.</summary>
public static class CertificateMetrics
{
    /// <param name="metrics">Where they are shown.</param>
    /// <param name="expires">When the server's certificate does.</param>
    /// <param name="authoritiesExpire">When the first of the authorities does.</param>
    public static void Add(MetricRegistry metrics, Func<DateTimeOffset> expires, Func<DateTimeOffset> authoritiesExpire)
    {
        metrics.Observe("nodeagent_grpc_certificate_expiry_timestamp_seconds", MetricType.Gauge, "When the certificate of the API's TCP listener expires.", () => expires().ToUnixTimeSeconds());
        metrics.Observe("nodeagent_grpc_client_ca_expiry_timestamp_seconds", MetricType.Gauge, "When the first of the authorities for clients' certificates expires.", () => authoritiesExpire().ToUnixTimeSeconds());
    }
}
