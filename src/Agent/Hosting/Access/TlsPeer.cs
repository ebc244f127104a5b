using System.Net;

namespace NodeAgent.Hosting.Access;

/// <summary>A client with a certificate that one of the configured authorities vouches for.</summary>
/// <param name="Uris">The URIs among its subject alternative names.</param>
/// <param name="CommonName">Its subject's CN; null where it has none, or more than one.</param>
/// <param name="Expires">When the certificate does.</param>
/// <param name="From">Where it connects from.</param>
internal sealed record TlsPeer(IReadOnlyList<string> Uris, string? CommonName, DateTimeOffset Expires, IPAddress? From) : Peer
{
    public override string Who => Uris is [var uri, ..] ? uri : CommonName is { } name ? "CN=" + name : "a certificate without URI and CN";

    public override string Origin => From is null ? Who : $"{Who} from {From}";

    public override string Transport => "tcp";

    public override IPAddress? Address => From;
}
