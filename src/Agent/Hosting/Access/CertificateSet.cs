using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace NodeAgent.Hosting.Access;

/// <summary>The server's certificate and the authorities for clients', as they were in their files at one moment.</summary>
internal sealed record CertificateSet
{
    /// <summary>The server's own.</summary>
    public required X509Certificate2 Server { get; init; }

    /// <summary>It, with the certificates between it and its root.</summary>
    public required SslStreamCertificateContext Context { get; init; }

    /// <summary>Self-signed ones of the clients' bundle: what a chain must end in.</summary>
    public required X509Certificate2Collection Roots { get; init; }

    /// <summary>The others of that bundle, to build chains with.</summary>
    public required X509Certificate2Collection Intermediates { get; init; }

    /// <summary>SHA-256 of the files' bytes: equal where nothing changed.</summary>
    public required string Stamp { get; init; }

    /// <summary>When the server's certificate expires.</summary>
    public DateTimeOffset Expires => Server.NotAfter;
}
