using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>An initramfs with one program in it, /init: cpio's newc format, compressed.</summary>
internal static class Initramfs
{
    private const uint Executable = 0x81ED; // S_IFREG, 0755

    public static void Write(string path, byte[] init)
    {
        using var file = File.Create(path);
        using var archive = new GZipStream(file, CompressionLevel.Fastest);
        archive.Write(Entry("init", Executable, init));
        archive.Write(Entry("TRAILER!!!", 0, []));
    }

    private static byte[] Entry(string name, uint mode, byte[] content)
    {
        var head = new StringBuilder("070701");
        foreach (var field in (ReadOnlySpan<long>)[0, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, name.Length + 1, 0])
            head.Append(field.ToString("X8", CultureInfo.InvariantCulture));
        return [.. Padded(Encoding.ASCII.GetBytes($"{head}{name}\0")), .. Padded(content)];
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];
}
