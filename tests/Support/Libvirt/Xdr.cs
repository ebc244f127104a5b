using System.Buffers.Binary;
using System.Text;

namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>XDR for tests, written down apart from the agent's own.</summary>
public sealed class Xdr
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public Xdr Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public Xdr Long(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public Xdr String(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Int(bytes.Length);
        _bytes.Write(bytes);
        _bytes.Write(new byte[-bytes.Length & 3]);
        return this;
    }

    public Xdr Domain(FakeDomain domain)
    {
        String(domain.Name);
        _bytes.Write(domain.Uuid.ToByteArray(bigEndian: true));
        return Int(domain.Id);
    }

    /// <summary>Parameters: an int, a long (sent as unsigned), a double or a string each.</summary>
    public Xdr Parameters(params (string Name, object Value)[] parameters)
    {
        Int(parameters.Length);
        foreach (var (name, value) in parameters)
        {
            String(name);
            _ = value switch
            {
                int number => Int(1).Int(number),
                long number => Int(4).Long(number),
                double number => Int(5).Long(BitConverter.DoubleToInt64Bits(number)),
                string text => Int(7).String(text),
                _ => throw new ArgumentException($"{name}: {value}"),
            };
        }

        return this;
    }

    /// <summary>A whole packet.</summary>
    /// <param name="procedure">Of the program.</param>
    /// <param name="kind">1: reply; 2: event.</param>
    /// <param name="serial">Of the call.</param>
    /// <param name="failed">The payload is an error.</param>
    /// <param name="program">The main one.</param>
    public byte[] Packet(int procedure, int kind, uint serial, bool failed = false, uint program = 0x20008086)
    {
        var payload = ToArray();
        return [.. new Xdr().Int(28 + payload.Length).Int((int)program).Int(1).Int(procedure).Int(kind).Int((int)serial).Int(failed ? 1 : 0).ToArray(), .. payload];
    }
}
