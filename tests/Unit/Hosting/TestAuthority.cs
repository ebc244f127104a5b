using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>A certificate authority for one test, and what it signs.</summary>
internal sealed class TestAuthority
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _serial;

    public TestAuthority(string name)
    {
        var request = new CertificateRequest("CN=" + name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Certificate = request.CreateSelfSigned(Today.AddDays(-30), Today.AddDays(30));
    }

    public X509Certificate2 Certificate { get; }

    private static DateTimeOffset Today { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>A certificate with its key, valid for the days given around now.</summary>
    public X509Certificate2 Issue(string subject, string? uri = null, string use = ClientUse, int fromDay = -1, int toDay = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        var names = new SubjectAlternativeNameBuilder();
        if (uri is not null) names.AddUri(new Uri(uri));
        if (use == ServerUse) names.AddDnsName("localhost");
        if (uri is not null || use == ServerUse) request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(Certificate, Today.AddDays(fromDay), Today.AddDays(toDay), [1, (byte)(++_serial >> 8), (byte)_serial]);
        return signed.CopyWithPrivateKey(key);
    }
}
