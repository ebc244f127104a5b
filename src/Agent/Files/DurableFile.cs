using System.Text;
using NodeAgent.Native.Linux;

namespace NodeAgent.Files;

/// <summary>Files that are either the old or the new text after a crash at any point: written beside, fsynced, renamed, the folder fsynced.</summary>
public static class DurableFile
{
    /// <summary>Replaces the file. Throws IOException or UnauthorizedAccessException where it cannot; the old text is then still there.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>The same for bytes.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Replace(path, bytes, durably: true);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>As <see cref="Write(string, string)"/> for whoever reads it, but not waiting for the disk: for what means nothing after a crash of the machine.</summary>
    public static void WriteVolatile(string path, string text) => Replace(path, Encoding.UTF8.GetBytes(text), durably: false);

    private static void Replace(string path, ReadOnlySpan<byte> bytes, bool durably)
    {
        var scratch = path + ".new";
        try
        {
            using (var stream = new FileStream(scratch, FileMode.Create, FileAccess.Write, FileShare.None, 1))
            {
                stream.Write(bytes);
                if (durably) stream.Flush(flushToDisk: true);
            }

            File.Move(scratch, path, overwrite: true);
        }
        catch
        {
            TryDelete(scratch);
            throw;
        }
    }

    /// <summary>Removes the file, durably; a file that is not there is no error.</summary>
    public static void Delete(string path)
    {
        if (!File.Exists(path)) return;
        File.Delete(path);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
