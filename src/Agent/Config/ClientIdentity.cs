using NodeAgent.Hosting.Access;

namespace NodeAgent.Config;

/// <summary>One entry of grpc.tcp.identities: a SAN URI or a common name of the client's certificate, compared exactly, and its role.</summary>
public sealed record ClientIdentity
{
    /// <summary>Such as spiffe://cluster.local/ns/platform/sa/controller; null where <see cref="CommonName"/> is given.</summary>
    public string? Uri { get; init; }

    /// <summary>The subject's CN; null where <see cref="Uri"/> is given.</summary>
    public string? CommonName { get; init; }

    public Role Role { get; init; }
}
