using System.Globalization;
using System.Text;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>A domain as libvirt's RPC names it (remote_nonnull_domain). Its daemon finds it by UUID alone.</summary>
/// <param name="Name">UTF-8, of any characters.</param>
/// <param name="Uuid">Its 16 bytes, as a number.</param>
/// <param name="Id">-1: it does not run.</param>
public readonly record struct RemoteDomain(byte[] Name, UInt128 Uuid, int Id)
{
    /// <summary>A domain with a name of no bytes.</summary>
    public const int Least = 24;

    public int Length => XdrWriter.StringLength(Name.Length) + 20;

    public string Shown => Encoding.UTF8.GetString(Name);

    /// <summary>Null for what is no UUID.</summary>
    public static UInt128? Parse(string uuid)
    {
        Span<char> digits = stackalloc char[32];
        var count = 0;
        foreach (var c in uuid)
        {
            if (c == '-') continue;
            if (count == digits.Length || !char.IsAsciiHexDigit(c)) return null;
            digits[count++] = c;
        }

        return count == digits.Length ? UInt128.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;
    }

    public static RemoteDomain Read(ref XdrReader reader) => new(reader.ReadString().ToArray(), ReadUuid(ref reader), reader.ReadInt32());

    /// <summary>Reads over it, and keeps its UUID alone: for events, which come often.</summary>
    public static UInt128 ReadUuidOnly(ref XdrReader reader)
    {
        reader.ReadString();
        var uuid = ReadUuid(ref reader);
        reader.ReadInt32();
        return uuid;
    }

    public void Write(ref XdrWriter writer)
    {
        writer.WriteString(Name);
        WriteUuid(ref writer, Uuid);
        writer.WriteInt32(Id);
    }

    public static void WriteUuid(ref XdrWriter writer, UInt128 uuid)
    {
        writer.WriteUInt64((ulong)(uuid >> 64));
        writer.WriteUInt64((ulong)uuid);
    }

    private static UInt128 ReadUuid(ref XdrReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());
}
