using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using NodeAgent.Api.V1;
using NodeAgent.Tests.Interop.Stock;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Interop.Daemon;

/// <summary>The real program, <c>nodeagent run --sandbox</c>, served on a Unix socket and over TCP with mutual TLS.</summary>
public sealed class SandboxDaemon : IDisposable
{
    /// <summary>Ids that stand for nobody else.</summary>
    public const int ReadingUser = 65533, ReadingGroup = 65532;

    // Others begin elsewhere, and two daemons of this process never try the same one.
    private static int s_lastPort = 20000 + Environment.ProcessId % 1000 * 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-interop-");
    private readonly List<string> _said = [];
    private readonly Process _process;

    public SandboxDaemon()
    {
        // Whoever may not connect is refused by the socket, not by the way to it.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        Certificates = new CertificateFolder(_folder.CreateSubdirectory("tls").FullName);
        Port = FreePort();
        File.WriteAllText(Path.Combine(_folder.FullName, "nodeagent.yaml"), Configuration());
        _process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "nodeagent"), ["run", "--sandbox", "--config", Path.Combine(_folder.FullName, "nodeagent.yaml")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginErrorReadLine();
        try
        {
            WaitUntilReady();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public CertificateFolder Certificates { get; }

    public int Port { get; }

    public string SocketPath => Path.Combine(_folder.FullName, "nodeagent.sock");

    /// <summary>Its log so far.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    public void Dispose()
    {
        // Asked first: it takes its folder away.
        if (!_process.HasExited) Command.Try("kill", "-TERM", $"{_process.Id}");
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20))) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // Of a sandbox's output, what can be tried comes last: when it is ready.
    private void WaitUntilReady()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            Hear(line);
            if (line.Contains("Try in another terminal", StringComparison.Ordinal)) break;
        }

        if (_process.HasExited) throw new InvalidOperationException($"nodeagent run --sandbox ended before it was ready, saying:\n{Said}");
        _ = _process.StandardOutput.ReadToEndAsync();
        using var channel = UnixChannel.To(SocketPath);
        var node = new NodeService.NodeServiceClient(channel);
        if (!Wait.Until(() => IsReady(node), 60)) throw new InvalidOperationException($"The daemon is not ready, saying:\n{Said}");
    }

    // What it reads and checks for the first time may take longer than its policies do.
    private static bool IsReady(NodeService.NodeServiceClient client)
    {
        try
        {
            return client.GetNode(new GetNodeRequest()).Node.Ready;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.Add(line);
    }

    private string Configuration() => $"""
        grpc:
          socket: {"{"}path: {SocketPath}, group: {ReadingGroup}{"}"}
          tcp:
            address: 127.0.0.1:{Port}
            certificate: {Certificates.ServerCertificate}
            key: {Certificates.ServerKey}
            clientCa: {Certificates.ClientAuthority}
            identities:
              - {"{"}uri: {CertificateFolder.OperatorUri}, role: operate{"}"}
              - {"{"}commonName: {CertificateFolder.ReaderName}, role: read{"}"}
        metrics: {"{"}address: off{"}"}

        """;

    /// <summary>Below the ports that the kernel gives to connections (ip_local_port_range): nobody takes it until the daemon does.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref s_lastPort);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
