using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace NodeAgent.Hosting.Access;

/// <summary>How TLS is spoken: 1.3, HTTP/2, and a client certificate from one of the configured authorities.</summary>
internal static class Handshake
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // Not signed by one of them, or by one that only bears the same name.
    private const X509ChainStatusFlags Foreign = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    /// <summary>Where <see cref="HandshakeLog"/> finds why a handshake failed.</summary>
    public static readonly object Reason = new();

    public static ValueTask<SslServerAuthenticationOptions> Options(TlsHandshakeCallbackContext context, Certificates certificates)
    {
        var set = certificates.Current;
        var connection = context.Connection;
        if ((context.ClientHelloInfo.SslProtocols & SslProtocols.Tls13) == 0) Fail(connection, "the client offers no TLS 1.3");
        return ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = set.Context,
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            ClientCertificateRequired = true,
            CertificateChainPolicy = ChainPolicy(set),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accept(connection, certificate, chain, errors),

            // A ticket would outlive a change of the authorities.
            AllowTlsResume = false,
        });
    }

    // Revocation lists are not asked for: a handshake would wait for somebody else's server, over a network that may be what is broken.
    // A client is shut out at once by taking its name out of grpc.tcp.identities.
    private static X509ChainPolicy ChainPolicy(CertificateSet set)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(set.Roots);
        policy.ExtraStore.AddRange(set.Intermediates);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    private static bool Accept(ConnectionContext connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None && certificate is not null) return true;
        Fail(connection, certificate is null
            ? "the client shows no certificate"
            : $"the client's certificate ({certificate.Subject}) is not accepted: {Why(chain, errors)}");
        return false;
    }

    private static string Why(X509Chain? chain, SslPolicyErrors errors)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if ((status & Foreign) != 0) return "none of the authorities in grpc.tcp.clientCa vouches for it";
        if ((status & X509ChainStatusFlags.NotTimeValid) != 0) return "it, or an authority of it, has expired or is not valid yet";
        if ((status & X509ChainStatusFlags.NotValidForUsage) != 0) return "it is not made for clients (extended key usage clientAuth)";
        return status == X509ChainStatusFlags.NoError ? errors.ToString() : status.ToString();
    }

    private static void Fail(ConnectionContext connection, string reason) => connection.Items[Reason] = reason;
}
