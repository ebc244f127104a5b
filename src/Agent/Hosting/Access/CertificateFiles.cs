using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NodeAgent.Config;

namespace NodeAgent.Hosting.Access;

/// <summary>Reads the PEM files of grpc.tcp, all or none, and refuses what would be insecure.</summary>
internal static class CertificateFiles
{
    // Not so much as a look for others; a group such as ssl-cert may read.
    private const UnixFileMode Forbidden = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    // Bundles of authorities are a few hundred kilobytes at most.
    private const int MaxLength = 4 << 20;

    /// <exception cref="AccessConfigurationException">Everything that is wrong with them.</exception>
    public static CertificateSet Read(TcpSettings settings)
    {
        var causes = new List<string>();
        if (settings.Identities.Count == 0) causes.Add("grpc.tcp.identities: names nobody, so that nobody could do anything: name the clients by uri or commonName, each with its role");
        var certificate = Text("grpc.tcp.certificate", settings.Certificate, default, causes);
        var key = Text("grpc.tcp.key", settings.Key, Forbidden, causes);
        var authorities = Text("grpc.tcp.clientCa", settings.ClientCa, default, causes);
        var server = certificate is null || key is null ? null : Server(settings, certificate, key, causes);
        var bundle = authorities is null ? null : Authorities(settings, authorities, causes);
        if (server is null || bundle is null || causes.Count > 0) throw new AccessConfigurationException(causes);
        return new CertificateSet
        {
            Server = server,
            Context = SslStreamCertificateContext.Create(server, Chain(certificate!), offline: true),
            Roots = [.. bundle.Where(IsRoot)],
            Intermediates = [.. bundle.Where(static c => !IsRoot(c))],
            Stamp = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\0{key}\0{authorities}"))),
        };
    }

    private static string? Text(string option, string path, UnixFileMode forbidden, List<string> causes)
    {
        if (path.Length == 0)
        {
            causes.Add($"{option}: is not set: over TCP the API is served with mutual TLS or not at all");
            return null;
        }

        try
        {
            using var file = File.OpenHandle(path);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) is var mode && (mode & forbidden) != 0)
            {
                causes.Add($"{option}: {path} can be read or changed by others (mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}): chmod 0600 it, and take the key for known");
                return null;
            }

            var bytes = new byte[Math.Min(RandomAccess.GetLength(file), MaxLength)];
            return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            causes.Add($"{option}: {path} cannot be read: {e.Message}");
            return null;
        }
    }

    private static X509Certificate2? Server(TcpSettings settings, string certificate, string key, List<string> causes)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (CryptographicException e)
        {
            causes.Add($"grpc.tcp.certificate, grpc.tcp.key: {settings.Certificate} and {settings.Key} are no pair of certificate and unencrypted private key in PEM: {e.Message}");
        }
        catch (ArgumentException)
        {
            causes.Add($"grpc.tcp.key: {settings.Key} does not belong to the first certificate of {settings.Certificate}");
        }

        return null;
    }

    private static X509Certificate2Collection Chain(string certificate)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        chain.RemoveAt(0);
        return chain;
    }

    private static X509Certificate2Collection? Authorities(TcpSettings settings, string text, List<string> causes)
    {
        var bundle = new X509Certificate2Collection();
        try
        {
            bundle.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            causes.Add($"grpc.tcp.clientCa: {settings.ClientCa} is no list of certificates in PEM: {e.Message}");
            return null;
        }

        if (bundle.Any(IsRoot)) return bundle;
        causes.Add($"grpc.tcp.clientCa: {settings.ClientCa} has no self-signed certificate among its {bundle.Count.ToString(CultureInfo.InvariantCulture)}: chains of clients must end in one");
        return null;
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
