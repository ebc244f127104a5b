using NodeAgent.Metrics;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Hosting.Access;

/// <summary>When certificates run out, for alerts.</summary>
public static class CertificateMetrics
{
    public static void Add(MetricRegistry metrics, Certificates certificates)
    {
        metrics.Observe("nodeagent_grpc_certificate_expiry_timestamp_seconds", MetricType.Gauge, "When the certificate of the API's TCP listener expires.", () => certificates.Expires.ToUnixTimeSeconds());
        metrics.Observe("nodeagent_grpc_client_ca_expiry_timestamp_seconds", MetricType.Gauge, "When the first of the authorities for clients' certificates expires.", () => certificates.AuthoritiesExpire.ToUnixTimeSeconds());
    }
}
