using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeAgent.Tests.Support;

/// <summary>Listens where multipathd would, and answers in its protocol, or fails to in every way that tests think of.</summary>
public sealed class FakeMultipathd : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Func<string, byte[]?> _answer;

    /// <param name="path">Of the socket.</param>
    /// <param name="answer">From a command to the bytes that are sent, length and all; null: never any.</param>
    public FakeMultipathd(string path, Func<string, byte[]?> answer)
    {
        _answer = answer;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(16);
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <summary>As multipathd does it: the length with the NUL, the text, the NUL.</summary>
    public static byte[] Framed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\0");
        var framed = new byte[sizeof(ulong) + bytes.Length];
        MemoryMarshal.Write(framed, (ulong)bytes.Length);
        bytes.CopyTo(framed, sizeof(ulong));
        return framed;
    }

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var client = _listener.Accept();
                new Thread(() => Talk(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private void Talk(Socket client)
    {
        var length = new byte[sizeof(ulong)];
        try
        {
            while (client.Receive(length) == length.Length)
            {
                var command = new byte[(int)MemoryMarshal.Read<ulong>(length)];
                client.Receive(command);
                if (_answer(Encoding.ASCII.GetString(command).TrimEnd('\0')) is not { } answer) return;
                client.Send(answer);
                if (answer.Length < sizeof(ulong) || MemoryMarshal.Read<ulong>(answer) > (ulong)(answer.Length - sizeof(ulong))) break;
            }

            client.Dispose();
        }
        catch (SocketException)
        {
            // The other side had enough.
        }
    }
}
