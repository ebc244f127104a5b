using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeAgent.Bench.Storage;

/// <summary>Answers for many maps as multipathd would, over its protocol.</summary>
internal sealed class FakeMultipathd : IDisposable
{
    private static readonly byte[] s_maps = """{"major_version": 0,"minor_version": 1,"maps": ["""u8.ToArray();
    private static readonly byte[] s_mapsEnd = "]}\n"u8.ToArray();
    private static readonly byte[] s_map = """{"major_version": 0,"minor_version": 1,"map":"""u8.ToArray();
    private static readonly byte[] s_mapEnd = "}\n"u8.ToArray();
    private static readonly byte[] s_fail = "fail\n"u8.ToArray();

    private readonly ManyMaps _maps;

    // Kept, so that what is allocated meanwhile is the reader's.
    private readonly MemoryStream _out = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public FakeMultipathd(ManyMaps maps)
    {
        _maps = maps;
        _listener.Bind(new UnixDomainSocketEndPoint(maps.Host.MultipathdSocket));
        _listener.Listen();
        new Thread(Serve) { IsBackground = true, Name = "multipathd" }.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.Accept();
                while (Take(client, sizeof(ulong)) is { } head && Take(client, (int)MemoryMarshal.Read<ulong>(head)) is { } command)
                    Answer(client, Encoding.ASCII.GetString(command).TrimEnd('\0'));
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
    }

    private void Answer(Socket client, string command)
    {
        _out.SetLength(sizeof(ulong));
        _out.Position = sizeof(ulong);
        if (command == "show maps json") Write(s_maps, 0, _maps.Count, s_mapsEnd);
        else if (command.Split(' ') is ["show", "map", var name, "json"] && int.TryParse(name.AsSpan("volume".Length), CultureInfo.InvariantCulture, out var map)) Write(s_map, map, 1, s_mapEnd);
        else if (!command.StartsWith("show paths", StringComparison.Ordinal)) _out.Write(s_fail);
        _out.WriteByte(0);
        MemoryMarshal.Write(_out.GetBuffer(), (ulong)(_out.Length - sizeof(ulong)));
        for (var at = 0; at < _out.Length;) at += client.Send(_out.GetBuffer().AsSpan(at, (int)_out.Length - at));
    }

    private void Write(byte[] head, int first, int count, byte[] end)
    {
        _out.Write(head);
        for (var map = first; map < first + count; map++)
        {
            if (map > first) _out.WriteByte((byte)',');
            _out.Write(_maps.JsonOf(map));
        }

        _out.Write(end);
    }

    private static byte[]? Take(Socket client, int length)
    {
        var buffer = new byte[length];
        for (var at = 0; at < length;)
        {
            var read = client.Receive(buffer.AsSpan(at));
            if (read == 0) return null;
            at += read;
        }

        return buffer;
    }
}
