using System.Net.Sockets;

namespace NodeAgent.Bench.Migration;

/// <summary>The least that asks QEMU how a migration stands: a blocking socket, one request, the answer up to the end of its line.</summary>
internal sealed class QmpBare : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[65536];

    /// <param name="path">Of a monitor that nobody holds.</param>
    public QmpBare(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        Receive();
        Ask("{\"execute\":\"qmp_capabilities\"}\n"u8);
    }

    /// <summary>query-migrate.</summary>
    public ReadOnlySpan<byte> Sample() => Ask("{\"execute\":\"query-migrate\",\"id\":1}\n"u8);

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Ask(ReadOnlySpan<byte> command)
    {
        _socket.Send(command);
        return Receive();
    }

    private ReadOnlySpan<byte> Receive()
    {
        var length = 0;
        do
        {
            length += _socket.Receive(_buffer.AsSpan(length));
        }
        while (_buffer[length - 1] != '\n');
        return _buffer.AsSpan(0, length);
    }
}
