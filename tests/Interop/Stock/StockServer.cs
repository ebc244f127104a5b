using System.Diagnostics;
using Grpc.Net.Client;

namespace NodeAgent.Tests.Interop.Stock;

/// <summary>A stock server of interop.proto in a process of its own, on a Unix socket.</summary>
public sealed class StockServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeagent-interop-");
    private readonly Process _process;

    public StockServer(string language)
    {
        var command = StockTools.CommandLine(language, "interop_server", "unix:" + SocketPath);
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            Dispose();
            throw new InvalidOperationException($"The stock server in {language} did not start.");
        }
    }

    private string SocketPath => Path.Combine(_folder.FullName, "grpc.sock");

    public GrpcChannel Connect() => UnixChannel.To(SocketPath);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
