using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting;
using NodeAgent.Hosting.Access;
using NodeAgent.Metrics;
using NodeAgent.Migration.Store;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Systemd;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using NodeAgent.Tests.Unit.Grpc;
using NodeAgent.Verdicts;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>Everything the daemon serves, without a network to look after: the echo service on a Unix socket and over TCP, and HTTP.</summary>
internal sealed class TestDaemon : IDisposable
{
    /// <summary>Whom the configuration of a test may name.</summary>
    public const string Operator = "spiffe://test/operator", Reader = "spiffe://test/reader";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-hosting-");
    private readonly EngineWorkers _engines = new(static () => new FakeEngine(), TimeSpan.FromSeconds(1));
    private readonly Listeners _listeners;
    private readonly NodeMetrics _metrics;
    private readonly VerdictLog _verdictLog;
    private readonly MapMemory _mapMemory;
    private AgentConfiguration _configuration;
    private bool _stopped;

    /// <param name="configure">What differs from the test's usual configuration.</param>
    /// <param name="clock">Where time is other than the machine's.</param>
    /// <param name="folder">The certificates are links into a link of this name, as in a volume of the kubelet.</param>
    /// <param name="state">The state folder; null: the test's own.</param>
    public TestDaemon(Func<AgentConfiguration, AgentConfiguration>? configure = null, TimeProvider? clock = null, string? folder = null, string? state = null)
    {
        if (folder is not null) LinkFolder(folder);
        WriteServerCertificate("first");
        File.WriteAllText(AuthoritiesFile, Authority.Certificate.ExportCertificatePem());
        _configuration = new AgentConfiguration
        {
            Grpc = new GrpcSettings { Socket = new SocketSettings { Path = SocketPath }, Tcp = Tcp },
            Metrics = new MetricsSettings { Address = new IPEndPoint(IPAddress.Loopback, 0) },
        };
        _configuration = configure?.Invoke(_configuration) ?? _configuration;
        Configuration = new ConfigurationStore(_configuration, () => new ConfigurationResult(_configuration, []), TimeProvider.System);
        clock ??= TimeProvider.System;
        Certificates = _configuration.Grpc.Tcp is { } tcp ? new Certificates(tcp, Log.CreateLogger("access"), clock) : null;
        Access = new AccessControl(Configuration, clock);
        _metrics = new NodeMetrics(new MetricRegistry(), HostPaths.Default, _configuration.Metrics, clock, Log);
        _listeners = DaemonListeners.Of(_configuration, SocketPath, ActivatedSockets.FromEnvironment(static _ => null), AddServices, routes => routes.MapGrpcService<EchoService>());
        Migrations = new MigrationStore(1, _configuration.Migration.Grace, clock);
        var verdicts = new VerdictBoard(clock);
        _verdictLog = new VerdictLog(Folder, NullLogger.Instance);
        _mapMemory = new MapMemory(Folder, NullLogger.Instance);
        Parts = new DaemonParts
        {
            Paths = HostPaths.Default with { State = state ?? Folder },
            Configuration = Configuration,
            Logs = Log,
            Clock = clock,
            State = new NodeStateStore(1),
            Verdicts = verdicts,
            VerdictLog = _verdictLog,
            Storage = new StorageStore(1, verdicts, _mapMemory, new StorageSettings(), clock),
            Migrations = Migrations,
            Engines = _engines,
            Readiness = Readiness,
            Access = Access,
            Certificates = Certificates,
            Metrics = _metrics,
            Watches = new WatchCounters(_metrics.Registry),
        };
        _listeners.Serve(Parts);
    }

    public DaemonParts Parts { get; }

    public LogLines Log { get; } = new();

    public EchoService Service { get; } = new();

    public Readiness Readiness { get; } = new();

    public TestAuthority Authority { get; } = new("test clients");

    public ConfigurationStore Configuration { get; }

    public AccessControl Access { get; }

    public Certificates? Certificates { get; }

    /// <summary>Tests publish there.</summary>
    public MigrationStore Migrations { get; }

    public string Folder => _folder.FullName;

    public string SocketPath => Path.Combine(Folder, "grpc.sock");

    public string CertificateFile => Path.Combine(Folder, "tls.crt");

    public string KeyFile => Path.Combine(Folder, "tls.key");

    public string AuthoritiesFile => Path.Combine(Folder, "ca.crt");

    public Uri Http => new($"http://{_listeners.EndPointOf("http")}/");

    public IPEndPoint TcpEndPoint => (IPEndPoint)_listeners.EndPointOf("grpc tcp")!;

    private TcpSettings Tcp => new()
    {
        Address = new IPEndPoint(IPAddress.Loopback, 0),
        Certificate = CertificateFile,
        Key = KeyFile,
        ClientCa = AuthoritiesFile,
        Identities = [new ClientIdentity { Uri = Operator, Role = Role.Operate }, new ClientIdentity { Uri = Reader, Role = Role.Read }],
    };

    /// <summary>Once everything is served.</summary>
    public async Task<TestDaemon> Started()
    {
        using var patience = new CancellationTokenSource(EchoServer.Patience);
        while (!Readiness.IsReady) await Task.Delay(5, patience.Token);
        return this;
    }

    public void Reconfigure(Func<AgentConfiguration, AgentConfiguration> change)
    {
        _configuration = change(_configuration);
        Configuration.Reload();
    }

    public X509Certificate2 WriteServerCertificate(string name)
    {
        var certificate = Authority.Issue("CN=" + name, use: TestAuthority.ServerUse);
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        return certificate;
    }

    /// <summary>Puts another certificate in place by the swap of one link.</summary>
    public void SwapFolder(string name)
    {
        var (old, next) = (new DirectoryInfo(Path.Combine(Folder, "..data")).ResolveLinkTarget(true)!.FullName, Directory.CreateDirectory(Path.Combine(Folder, "..2")).FullName);
        foreach (var file in Directory.GetFiles(old)) File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
        File.CreateSymbolicLink(Path.Combine(Folder, "..data_tmp"), "..2");
        using (var certificate = Authority.Issue("CN=" + name, use: TestAuthority.ServerUse))
        {
            File.WriteAllText(Path.Combine(next, "tls.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(Path.Combine(next, "tls.crt"), certificate.ExportCertificatePem());
        }

        Command.Run("mv", "-T", Path.Combine(Folder, "..data_tmp"), Path.Combine(Folder, "..data"));
    }

    public Echo.EchoClient Client() => new(GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = UnixHandler(), DisposeHttpClient = true }));

    /// <summary>A client over TCP with a certificate, or none.</summary>
    public Echo.EchoClient Client(X509Certificate2? certificate, SslProtocols protocols = SslProtocols.None, Action<X509Certificate>? seen = null) =>
        new(GrpcChannel.ForAddress($"https://localhost:{TcpEndPoint.Port}", new GrpcChannelOptions { HttpHandler = TcpHandler(certificate, protocols, seen), DisposeHttpClient = true }));

    public SocketsHttpHandler UnixHandler() => new() { ConnectCallback = async (_, cancellation) => new NetworkStream(await Connect(cancellation), ownsSocket: true) };

    /// <summary>A raw connection to the Unix socket.</summary>
    public async Task<Socket> Connect(CancellationToken cancellation = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
        return socket;
    }

    /// <summary>As at the daemon's end.</summary>
    public void Stop()
    {
        if (_stopped) return;
        _stopped = true;
        _listeners.Dispose();
        _metrics.Dispose();
        _verdictLog.Dispose();
        _mapMemory.Dispose();
        Migrations.Dispose();
        _engines.Dispose();
        Certificates?.Dispose();
    }

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
    }

    private static SocketsHttpHandler TcpHandler(X509Certificate2? certificate, SslProtocols protocols, Action<X509Certificate>? seen) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = protocols,
            ClientCertificates = certificate is null ? null : [certificate],
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            RemoteCertificateValidationCallback = (_, server, _, _) =>
            {
                seen?.Invoke(server!);
                return true;
            },
        },
    };

    private void LinkFolder(string name)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "..1"));
        File.CreateSymbolicLink(Path.Combine(Folder, name), "..1");
        foreach (var file in new[] { CertificateFile, KeyFile, AuthoritiesFile }) File.CreateSymbolicLink(file, Path.Combine(name, Path.GetFileName(file)));
    }

    private void AddServices(IServiceCollection services, DaemonParts parts) => services.AddSingleton(Service);
}
