using System.Buffers.Binary;
using System.Net.Sockets;

namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>
/// A daemon that listens at a socket and answers as it is told: by default it lets everybody in, knows its domains, and has no job.
/// <see cref="Answer"/> may do anything else.
/// </summary>
public sealed class FakeLibvirt : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Lock _lock = new();
    private readonly List<Socket> _clients = [];
    private readonly List<FakeCall> _calls = [];

    public FakeLibvirt(string path, params FakeDomain[] domains)
    {
        Path = path;
        Domains = domains;
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(64);
        new Thread(Accept) { IsBackground = true, Name = "fake libvirt" }.Start();
    }

    public string Path { get; }

    public IReadOnlyList<FakeDomain> Domains { get; }

    /// <summary>Asked first: packets to send for a call (none: silence), or null for the default answer.</summary>
    public Func<FakeCall, byte[]?>? Answer { get; set; }

    /// <summary>The job of each domain.</summary>
    public Func<FakeCall, Xdr> Job { get; set; } = static _ => new Xdr().Int(0).Parameters();

    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    public int Clients
    {
        get
        {
            lock (_lock) return _clients.Count;
        }
    }

    public int Connections { get; private set; }

    /// <summary>To all clients.</summary>
    public void Send(byte[] bytes)
    {
        lock (_lock)
        {
            foreach (var client in _clients) client.Send(bytes);
        }
    }

    public void Lifecycle(FakeDomain domain, int happened, int detail) => Send(new Xdr().Int(0).Domain(domain).Int(happened).Int(detail).Packet(318, 2, 0));

    public void Iteration(FakeDomain domain, int iteration) => Send(new Xdr().Int(1).Domain(domain).Int(iteration).Packet(359, 2, 0));

    public void JobCompleted(FakeDomain domain, params (string, object)[] parameters) => Send(new Xdr().Int(2).Domain(domain).Parameters(parameters).Packet(363, 2, 0));

    /// <summary>Every connection ends.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            foreach (var client in _clients) client.Dispose();
            _clients.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Drop();
        File.Delete(Path);
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.Accept();
                lock (_lock)
                {
                    _clients.Add(client);
                    Connections++;
                }

                new Thread(() => Serve(client)) { IsBackground = true, Name = "fake libvirt's client" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private void Serve(Socket client)
    {
        try
        {
            while (Receive(client, 4) is { } length)
            {
                var call = new FakeCall([.. length, .. Receive(client, BinaryPrimitives.ReadInt32BigEndian(length) - 4) ?? []]);
                lock (_lock) _calls.Add(call);
                if ((Answer?.Invoke(call) ?? Default(call)) is { Length: > 0 } answer) client.Send(answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone.
        }

        lock (_lock) _clients.Remove(client);
        client.Dispose();
    }

    private static byte[]? Receive(Socket client, int length)
    {
        var bytes = new byte[length];
        for (var received = 0; received < length;)
        {
            if (client.Receive(bytes.AsSpan(received)) is var read && read == 0) return null;
            received += read;
        }

        return bytes;
    }

    private byte[] Default(FakeCall call) => call.Procedure switch
    {
        66 => call.Reply(new Xdr().Int(1).Int(0)),
        3 => call.Reply(new Xdr().String("QEMU")),
        70 or 316 => call.Reply(new Xdr().Int(0)),
        60 => call.Reply(new Xdr().Int(1)),
        23 or 24 => Domains.FirstOrDefault(domain => IsMeant(call, domain)) is { } found ? call.Reply(new Xdr().Domain(found)) : call.Error(42, "Domain not found"),
        298 => call.Reply(Job(call)),
        344 => call.Reply(new Xdr().Int(0)),
        387 => call.Reply(new Xdr().Long(300)),
        _ => call.Reply(new Xdr()),
    };

    private static bool IsMeant(FakeCall call, FakeDomain domain) => call.Procedure == 24
        ? call.Packet.AsSpan(28).SequenceEqual(domain.Uuid.ToByteArray(bigEndian: true))
        : call.Packet.AsSpan(28).SequenceEqual(new Xdr().String(domain.Name).ToArray());
}
