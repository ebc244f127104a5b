using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NodeAgent.Native.Linux;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>Finds which files of a tree are opened while something runs: inotify(7) tells.</summary>
internal static unsafe partial class OpenedFiles
{
    private const uint IN_OPEN = 0x20;
    private const uint IN_Q_OVERFLOW = 0x4000;
    private const uint IN_ISDIR = 0x4000_0000;
    private const int IN_NONBLOCK = 0x800;
    private const int HeaderBytes = 16;

    /// <summary>Their full paths, without links on the way, in order.</summary>
    public static IReadOnlyList<string> During(string root, Action work)
    {
        using var inotify = new FileDescriptor(inotify_init1(IN_NONBLOCK));
        var folders = new Dictionary<int, string>();
        foreach (var folder in Directory.EnumerateDirectories(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Prepend(root))
        {
            var watch = inotify_add_watch(inotify, folder, IN_OPEN);
            if (watch < 0) throw new InvalidOperationException($"inotify_add_watch {folder}: {Errno.Name(Marshal.GetLastPInvokeError())}; the limit is fs.inotify.max_user_watches");
            folders[watch] = folder;
        }

        work();
        var opened = new SortedSet<string>(StringComparer.Ordinal);
        var buffer = new byte[1 << 16];
        for (int read; (read = (int)Read(inotify, buffer)) > 0;) Collect(buffer.AsSpan(0, read), folders, opened);
        return [.. opened];
    }

    // struct inotify_event: wd, mask, cookie, len, name
    private static void Collect(ReadOnlySpan<byte> events, Dictionary<int, string> folders, SortedSet<string> opened)
    {
        while (events.Length > 0)
        {
            var mask = BinaryPrimitives.ReadUInt32LittleEndian(events[4..]);
            var length = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            if ((mask & IN_Q_OVERFLOW) != 0) throw new InvalidOperationException("more files were opened than inotify keeps events for: fs.inotify.max_queued_events");
            if (length > 0 && (mask & IN_ISDIR) == 0)
            {
                var name = Encoding.UTF8.GetString(events.Slice(HeaderBytes, length)).TrimEnd('\0');
                opened.Add(Path.Combine(folders[BinaryPrimitives.ReadInt32LittleEndian(events)], name));
            }

            events = events[(HeaderBytes + length)..];
        }
    }

    private static nint Read(FileDescriptor file, byte[] buffer)
    {
        fixed (byte* start = buffer) return read(file, start, (nuint)buffer.Length);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int inotify_init1(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int inotify_add_watch(FileDescriptor file, string path, uint mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(FileDescriptor file, void* buffer, nuint count);
}
