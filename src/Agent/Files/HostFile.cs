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

    // Attributes of sysfs are mostly a word, and thousands are read one after the other.
    private const int FirstBytes = 256;

    public static HostReading Read(string path, int maxBytes = MaxBytes) => Text(Content(path, maxBytes, cut: false, out var error), error);

    /// <summary>The beginning of a file of any length: of /proc/cpuinfo the first processors. The last character may be cut.</summary>
    public static HostReading ReadStart(string path, int bytes) => Text(Content(path, bytes, cut: true, out var error), error);

    /// <summary>The content as it is; null where it is absent, and where it failed, which <paramref name="error"/> tells apart.</summary>
    public static byte[]? ReadBytes(string path, int maxBytes, out string? error) => Content(path, maxBytes, cut: false, out error) is { Array: not null } content ? content.ToArray() : null;

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
        catch (UnauthorizedAccessException)
        {
            error = Failure(folder, Errno.EACCES);
            return [];
        }
        catch (IOException e)
        {
            // The runtime keeps the number there.
            error = Failure(folder, e.HResult);
            return [];
        }
    }

    private static HostReading Text(ArraySegment<byte> content, string? error) =>
        content.Array is null ? new HostReading(null, error) : new HostReading(Encoding.UTF8.GetString(content).Trim(), null);

    private static ArraySegment<byte> Content(string path, int maxBytes, bool cut, out string? error)
    {
        error = null;
        using var file = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC);
        if (file.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (!IsAbsence(errno)) error = Failure(path, errno);
            return default;
        }

        var buffer = new byte[FirstBytes];
        var length = 0;
        while (true)
        {
            var read = Unistd.Read(file, buffer.AsSpan(length));
            if (read == 0) return new ArraySegment<byte>(buffer, 0, length);
            if (read < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EINTR) continue;
                // An attribute whose device has just gone.
                if (errno != Errno.ENODEV) error = Failure(path, errno);
                return default;
            }

            length += read;
            if (cut && length >= maxBytes) return new ArraySegment<byte>(buffer, 0, maxBytes);
            if (length < buffer.Length) continue;
            if (length >= maxBytes)
            {
                error = $"{path}: longer than {maxBytes} bytes";
                return default;
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private static bool IsAbsence(int errno) => errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ENODEV or Errno.ENXIO;

    private static string Failure(string path, int errno) => $"{path}: {Errno.Name(errno)} ({Errno.Text(errno)})";
}
