using System.Runtime.InteropServices;
using System.Text;
using NodeAgent.Native.Linux;

namespace NodeAgent.Files;

/// <summary>
/// Reads small files of sysfs, procfs and other programs. Never throws, never waits for a writer (a pipe or a device in the file's place),
/// never takes more than <see cref="MaxBytes"/> unless told to. A driver that hangs in its own read still hangs: see <see cref="BoundedCall"/>.
/// </summary>
public static class HostFile
{
    public const int MaxBytes = 1 << 20;

    private const int FirstBytes = 4096;

    public static HostReading Read(string path, int maxBytes = MaxBytes) => ReadBytes(path, maxBytes, cut: false);

    /// <summary>The beginning of a file of any length: of /proc/cpuinfo the first processors. The last character may be cut.</summary>
    public static HostReading ReadStart(string path, int bytes) => ReadBytes(path, bytes, cut: true);

    /// <summary>A whole number, decimal or 0x…; absent and failed as of <see cref="Read"/>, and failed where the text is none.</summary>
    public static HostReading ReadNumber(string path, out long value)
    {
        value = 0;
        var reading = Read(path);
        if (!reading.IsFound || HostText.TryNumber(reading.Text, out value)) return reading;
        return new HostReading(null, $"{path}: expected a number, found \"{HostText.Shorten(reading.Text)}\"");
    }

    /// <summary>The names in a folder, in the order of <see cref="StringComparer.Ordinal"/>; empty where it is absent or cannot be read, which <paramref name="error"/> tells apart.</summary>
    public static string[] List(string folder, out string? error)
    {
        error = null;
        try
        {
            var names = Directory.GetFileSystemEntries(folder);
            for (var i = 0; i < names.Length; i++) names[i] = Path.GetFileName(names[i]);
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = $"{folder}: {e.Message}";
            return [];
        }
    }

    private static HostReading ReadBytes(string path, int maxBytes, bool cut)
    {
        using var file = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC);
        if (file.IsInvalid) return Marshal.GetLastPInvokeError() is var errno && IsAbsence(errno) ? HostReading.Absent : Failed(path, errno);
        var buffer = new byte[FirstBytes];
        var length = 0;
        while (true)
        {
            var read = Unistd.Read(file, buffer.AsSpan(length));
            if (read == 0 || cut && length + read >= maxBytes) return new HostReading(Encoding.UTF8.GetString(buffer, 0, Math.Min(length + read, cut ? maxBytes : length)).Trim(), null);
            if (read < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EINTR) continue;
                // An attribute whose device has just gone.
                return errno == Errno.ENODEV ? HostReading.Absent : Failed(path, errno);
            }

            length += read;
            if (length < buffer.Length) continue;
            if (length >= maxBytes) return new HostReading(null, $"{path}: longer than {maxBytes} bytes");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private static bool IsAbsence(int errno) => errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ENODEV or Errno.ENXIO;

    private static HostReading Failed(string path, int errno) => new(null, $"{path}: {Errno.Name(errno)} ({Errno.Text(errno)})");
}
