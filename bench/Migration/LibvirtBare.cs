using System.Buffers.Binary;
using System.Net.Sockets;
using NodeAgent.Migration.Libvirt.Wire;

namespace NodeAgent.Bench.Migration;

/// <summary>The least that one question for a guest's job takes: a blocking socket, one buffer, nothing parsed.</summary>
internal sealed class LibvirtBare : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly byte[] _job;

    /// <param name="path">Of the daemon's socket.</param>
    /// <param name="uuid">Of the guest.</param>
    public LibvirtBare(string path, string uuid)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        Ask(Requests.AuthList());
        Ask(Requests.ConnectOpen("", readOnly: true));
        var reader = new XdrReader(Ask(Requests.LookupByUuid(RemoteDomain.Parse(uuid)!.Value)));
        _job = Requests.JobStats(RemoteDomain.Read(ref reader));
    }

    /// <summary>Bytes of the answer.</summary>
    public int Job() => Ask(_job).Length;

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Ask(byte[] request)
    {
        _socket.Send(request);
        var received = 0;
        do
        {
            var read = _socket.Receive(_buffer.AsSpan(received));
            if (read == 0) throw new IOException("The daemon closed the connection.");
            received += read;
        }
        while (received < 4 || received < BinaryPrimitives.ReadInt32BigEndian(_buffer));
        return _buffer.AsSpan(PacketHeader.Size, received - PacketHeader.Size);
    }
}
