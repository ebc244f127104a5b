using System.Security.Cryptography.X509Certificates;
using NodeAgent.Tests.Unit.Hosting;

namespace NodeAgent.Tests.Interop.Daemon;

/// <summary>The daemon's certificates and those of its clients, as files NAME.crt and NAME.key: of a server to come and of clients that nobody should let in, too.</summary>
public sealed class CertificateFolder
{
    public const string OperatorUri = "spiffe://test/operator", ReaderName = "reader";

    private readonly string _folder;

    public CertificateFolder(string folder)
    {
        _folder = folder;
        var servers = new TestAuthority("servers");
        var laterServers = new TestAuthority("later servers");
        var clients = new TestAuthority("clients");
        Write("servers", servers.Certificate);
        Write("later-servers", laterServers.Certificate);
        Write("clients", clients.Certificate);
        WriteWithKey("server", servers.Issue("CN=server", use: TestAuthority.ServerUse));
        WriteWithKey("later-server", laterServers.Issue("CN=later server", use: TestAuthority.ServerUse));
        WriteWithKey("operator", clients.Issue("CN=operator", OperatorUri));
        WriteWithKey("reader", clients.Issue("CN=" + ReaderName));
        WriteWithKey("stranger", clients.Issue("CN=stranger"));
        WriteWithKey("expired", clients.Issue("CN=operator", OperatorUri, fromDay: -3, toDay: -2));
        WriteWithKey("foreign", new TestAuthority("clients").Issue("CN=operator", OperatorUri));
    }

    public string Folder => _folder;

    public string ServerCertificate => PathOf("server.crt");

    public string ServerKey => PathOf("server.key");

    public string ClientAuthority => PathOf("clients.crt");

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Write(string name, X509Certificate2 certificate) => File.WriteAllText(PathOf(name + ".crt"), certificate.ExportCertificatePem());

    private void WriteWithKey(string name, X509Certificate2 certificate)
    {
        using (certificate)
        {
            Write(name, certificate);
            using var key = certificate.GetECDsaPrivateKey()!;
            File.WriteAllText(PathOf(name + ".key"), key.ExportPkcs8PrivateKeyPem());
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf(name + ".key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
