using System.Net.Sockets;
using NodeAgent.Migration.Libvirt.Wire;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>Sends packets without waiting: at once as a rule; what the socket does not take in is kept, within bounds, and sent by and by.</summary>
/// <param name="socket">Does not block.</param>
/// <param name="gate">Held by whoever calls <see cref="Send"/>.</param>
internal sealed class Outbox(Socket socket, Lock gate)
{
    /// <summary>Many thousand requests.</summary>
    private const int MostBytes = 1 << 20;

    private byte[] _kept = [];
    private int _length;
    private bool _sending;

    /// <exception cref="SocketException">The other side is gone.</exception>
    /// <exception cref="LibvirtWireException">It takes in nothing.</exception>
    public void Send(ReadOnlySpan<byte> packet)
    {
        if (!_sending)
        {
            var sent = socket.Send(packet, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
            if (error == SocketError.Success) packet = packet[sent..];
            if (packet.IsEmpty) return;
        }

        if (_length + packet.Length > MostBytes) throw new LibvirtWireException($"expected requests to be taken in, found {_length} bytes of them waiting");
        if (_length + packet.Length > _kept.Length) Array.Resize(ref _kept, Math.Max(4096, (_length + packet.Length) * 2));
        packet.CopyTo(_kept.AsSpan(_length));
        _length += packet.Length;
        if (_sending) return;
        _sending = true;
        _ = SendKeptAsync();
    }

    /// <summary>Ends when all is sent, or with the socket: who receives learns of that.</summary>
    private async Task SendKeptAsync()
    {
        try
        {
            while (true)
            {
                ReadOnlyMemory<byte> next;
                lock (gate)
                {
                    next = _kept.AsMemory(0, _length);
                    if (next.IsEmpty)
                    {
                        _sending = false;
                        return;
                    }

                    (_kept, _length) = ([], 0);
                }

                while (!next.IsEmpty) next = next[await socket.SendAsync(next, SocketFlags.None).ConfigureAwait(false)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nothing is sent any more.
        }
    }
}
