using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Qmp;

/// <summary>Resident memory of a guest's process: no more than this can be other than zeros. Open for as long as the guest is followed; a pid used again is not read.</summary>
internal sealed class GuestMemory : IDisposable
{
    private readonly SafeFileHandle? _file;

    private GuestMemory(SafeFileHandle? file) => _file = file;

    public static GuestMemory Of(HostPaths paths, GuestProcess guest)
    {
        try
        {
            var file = File.OpenHandle($"{ProcessFiles.Folder(paths, guest.Pid)}/statm");
            if (ProcessFiles.IsStill(paths, guest)) return new GuestMemory(file);
            file.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is a hint: without it a forecast is wider.
        }

        return new GuestMemory(null);
    }

    /// <summary>In bytes; null: not known. Field 2 of https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html</summary>
    public long? Resident()
    {
        if (_file is null) return null;
        Span<byte> text = stackalloc byte[128];
        try
        {
            text = text[..RandomAccess.Read(_file, text, 0)];
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null; // it ended
        }

        var space = text.IndexOf((byte)' ');
        return space >= 0 && Utf8Parser.TryParse(text[(space + 1)..], out long pages, out _) && pages > 0 ? pages * Environment.SystemPageSize : null;
    }

    public void Dispose() => _file?.Dispose();
}
