using System.Net;

namespace NodeAgent.Config;

/// <summary>grpc.tcp: mutual TLS, for whoever has a certificate of <see cref="ClientCa"/> and a role in <see cref="Identities"/>. The files are PEM and read again when they change.</summary>
public sealed record TcpSettings
{
    public const int DefaultPort = 9798;

    public static readonly IPEndPoint DefaultAddress = new(IPAddress.IPv6Any, DefaultPort);

    /// <summary>grpc.tcp.address</summary>
    public IPEndPoint Address { get; init; } = DefaultAddress;

    /// <summary>grpc.tcp.certificate: the server's certificate with its chain, by full path.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>grpc.tcp.key: its private key, by full path; for its owner's eyes only.</summary>
    public string Key { get; init; } = "";

    /// <summary>grpc.tcp.clientCa: the authorities that clients' certificates must come from, by full path.</summary>
    public string ClientCa { get; init; } = "";

    /// <summary>grpc.tcp.identities: who has which role; a client that is not in it has none.</summary>
    public IReadOnlyList<ClientIdentity> Identities { get; init; } = [];
}
