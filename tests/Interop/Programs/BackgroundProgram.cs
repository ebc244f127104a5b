using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop.Programs;

/// <summary>A program that runs until the test is over, with what it says.</summary>
internal sealed class BackgroundProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public BackgroundProgram(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("SSH_CONNECTION");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Everything it wrote.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Skips the calling test where a program is not there.</summary>
    public static void Require(string program, string how) =>
        Skip.If(Command.Try("sh", "-c", $"command -v {program}").Status != 0, $"the program {program} is missing: {how}");

    /// <summary>A port of the loopback link that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said) _said.AppendLine(line.Data);
    }
}
