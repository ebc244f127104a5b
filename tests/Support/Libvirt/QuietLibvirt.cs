using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>A daemon of one client that answers every question for a job with the same packet, and allocates nothing for it.</summary>
public sealed class QuietLibvirt : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Dictionary<int, byte[]> _answers;

    /// <param name="path">Where it listens.</param>
    /// <param name="domain">The only one.</param>
    /// <param name="job">The answer, whole.</param>
    public QuietLibvirt(string path, FakeDomain domain, byte[] job)
    {
        _answers = new()
        {
            [66] = new Xdr().Int(1).Int(0).Packet(66, 1, 0),
            [1] = new Xdr().Packet(1, 1, 0),
            [3] = new Xdr().String("QEMU").Packet(3, 1, 0),
            [316] = new Xdr().Int(0).Packet(316, 1, 0),
            [24] = new Xdr().Domain(domain).Packet(24, 1, 0),
            [60] = new Xdr().Int(1).Packet(60, 1, 0),
            [387] = new Xdr().Long(300).Packet(387, 1, 0),
            [298] = job,
        };
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        new Thread(Serve) { IsBackground = true, Name = "quiet libvirt" }.Start();
    }

    /// <summary>How long it thinks before it answers.</summary>
    public TimeSpan Pause { get; init; }

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            using var client = _listener.Accept();
            var packet = new byte[4096];
            while (Receive(client, packet.AsSpan(0, 4)) && Receive(client, packet.AsSpan(4, BinaryPrimitives.ReadInt32BigEndian(packet) - 4)))
            {
                var answer = _answers[BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(12))];
                packet.AsSpan(20, 4).CopyTo(answer.AsSpan(20));
                var start = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(start) < Pause) Thread.SpinWait(20);
                client.Send(answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private static bool Receive(Socket client, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            var read = client.Receive(into);
            if (read == 0) return false;
            into = into[read..];
        }

        return true;
    }
}
