using System.Buffers.Text;
using System.Text;

namespace NodeAgent.Metrics.Links;

/// <summary>/sys/class/net/LINK, read file by file: https://docs.kernel.org/admin-guide/abi-testing.html#abi-file-testing-sysfs-class-net</summary>
internal static class SysfsAttributes
{
    private const long MegabitInBytes = 1_000_000 / 8;

    /// <summary>Null where sysfs has no such link, or shows another network namespace's of the same name.</summary>
    public static LinkAttributes? Read(string sys, LinkEntry link)
    {
        // A name the kernel let through may still be no name for a path: "." and ".." it refuses, "/" too.
        var folder = $"{sys}/class/net/{link.Name}/";
        Span<byte> buffer = stackalloc byte[128];
        if (Number(folder + "ifindex", buffer) != link.Index) return null;
        var speed = Number(folder + "speed", buffer);
        return new LinkAttributes
        {
            Speed = speed >= 0 ? speed * MegabitInBytes : null,
            Duplex = Text(folder + "duplex", buffer),
            AddressAssignType = Number(folder + "addr_assign_type", buffer),
            NameAssignType = Number(folder + "name_assign_type", buffer),
            DeviceId = Hexadecimal(folder + "dev_id", buffer),
        };
    }

    private static long? Number(string path, Span<byte> buffer) =>
        Utf8Parser.TryParse(Bytes(path, buffer), out long value, out _) ? value : null;

    private static long? Hexadecimal(string path, Span<byte> buffer)
    {
        var text = Bytes(path, buffer);
        return text.StartsWith("0x"u8) && Utf8Parser.TryParse(text[2..], out long value, out _, 'x') ? value : null;
    }

    private static string? Text(string path, Span<byte> buffer) =>
        Bytes(path, buffer) is { IsEmpty: false } bytes ? Encoding.UTF8.GetString(bytes) : null;

    // Empty where there is no such file, or the driver has no answer: EINVAL for a link that is down, EOPNOTSUPP for a virtual one.
    private static ReadOnlySpan<byte> Bytes(string path, Span<byte> buffer)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return buffer[..file.Read(buffer)].TrimEnd((byte)'\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return default;
        }
    }
}
