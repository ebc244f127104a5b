using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>The certificate of a client as gRPC names its parts.</summary>
internal static class PeerIdentity
{
    private const string CommonName = "x509_common_name";
    private const string AlternativeName = "x509_subject_alternative_name";

    public static AuthContext Of(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        if (certificate is null)
            return new AuthContext(null, properties);

        Add(properties, CommonName, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        foreach (var type in (ReadOnlySpan<X509NameType>)[X509NameType.DnsName, X509NameType.UrlName, X509NameType.EmailName])
            Add(properties, AlternativeName, certificate.GetNameInfo(type, forIssuer: false));
        return new AuthContext(properties.ContainsKey(AlternativeName) ? AlternativeName : CommonName, properties);
    }

    private static void Add(Dictionary<string, List<AuthProperty>> properties, string name, string value)
    {
        if (value.Length == 0)
            return;
        if (!properties.TryGetValue(name, out var list))
            properties.Add(name, list = []);
        list.Add(AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)));
    }
}
