using NodeAgent.Network.Model;

namespace NodeAgent.Config;

/// <summary>What nodeagent.yaml says; null or empty where it says nothing. Flags and environment variables go before it.</summary>
/// <example><code>
/// controlPlane: [172.16.0.10, "172.16.0.11:6443"]
/// probes:
/// - gateway: {}
///   timeout: 5s
/// drift:
///   tugOfWar: { repairs: 5, window: 60s }
/// grpc:
///   socket: { path: /run/nodeagent/nodeagent.sock, group: nodeagent }
///   tcp:
///     address: 172.16.0.21:9798
///     certificate: /etc/nodeagent/tls/tls.crt
///     key: /etc/nodeagent/tls/tls.key
///     clientCa: /etc/nodeagent/tls/ca.crt
///     identities:
///     - { uri: "spiffe://cluster.local/ns/platform/sa/controller", role: operate }
///     - { commonName: monitoring, role: read }
///   limits: { messageBytes: 4194304, connections: 1000, streams: 1000, keepAlive: 30s, keepAliveTimeout: 20s }
/// metrics:
///   address: 127.0.0.1:9799
///   interval: 5s
///   otlp: { endpoint: "http://172.16.0.30:4317", protocol: grpc, interval: 60s, headers: { x-tenant: rack-7 } }
/// storage:
///   flapping: { changes: 6, window: 10m }
///   forgetAfter: 720h
/// migration: { rate: 4, grace: 5m, history: 1000, measureInterval: 30s }
/// log:
///   format: json
///   level: info
///   levels: { network: debug }
/// doctor:
///   memory: { minimum: 24GB, recommended: 256GB }
///   nics: { count: 2, recommended: 4, speed: 10Gbps }
///   skip: [fc.count]
/// paths:
///   state: /var/lib/nodeagent
///   run: /run/nodeagent
///   policies: /etc/nodeagent/policies.d
/// </code></example>
public sealed record AgentConfiguration
{
    public static readonly AgentConfiguration Default = new();

    /// <summary>Addresses of the control plane: a plan must not cut the way to them.</summary>
    public IReadOnlyList<ControlPlaneAddress> ControlPlane { get; init; } = [];

    /// <summary>The probes of policies that name none; null: the default gateway, and the control plane where there is one.</summary>
    public IReadOnlyList<ProbeSpec>? Probes { get; init; }

    public DriftSettings Drift { get; init; } = new();

    public GrpcSettings Grpc { get; init; } = new();

    public MetricsSettings Metrics { get; init; } = new();

    public StorageSettings Storage { get; init; } = new();

    public MigrationSettings Migration { get; init; } = new();

    public LogSettings Log { get; init; } = new();

    public DoctorSettings Doctor { get; init; } = new();

    /// <summary>paths.state: what must survive a restart.</summary>
    public string? StateFolder { get; init; }

    /// <summary>paths.run: sockets and locks.</summary>
    public string? RunFolder { get; init; }

    /// <summary>paths.policies: the policies of this node.</summary>
    public string? PoliciesFolder { get; init; }
}
