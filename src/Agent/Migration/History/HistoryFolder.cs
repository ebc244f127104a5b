using NodeAgent.Files;

namespace NodeAgent.Migration.History;

/// <summary>The files of the history as bytes on a disk. Every call throws IOException or UnauthorizedAccessException where the disk does not do it.</summary>
internal class HistoryFolder(string folder)
{
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>The last bytes of a file; null: it is not there.</summary>
    /// <param name="name">In the folder.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cut">There was more before.</param>
    public virtual byte[]? ReadEnd(string name, int most, out bool cut)
    {
        cut = false;
        var path = PathOf(name);
        if (!File.Exists(path) && !Directory.Exists(path)) return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        cut = file.Length > most;
        if (cut) file.Seek(-most, SeekOrigin.End);
        var bytes = new byte[(int)Math.Min(file.Length, most)];
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) is var length && length < bytes.Length ? bytes[..length] : bytes;
    }

    /// <summary>Puts bytes at a place of a file and cuts off what was after it; on the disk when it returns. False: the file is not there, or ends before.</summary>
    public virtual bool Append(string name, long at, ReadOnlySpan<byte> bytes)
    {
        if (!File.Exists(PathOf(name))) return false;
        using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        if (file.Length < at) return false;
        if (file.Length > at) file.SetLength(at);
        file.Seek(at, SeekOrigin.Begin);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>Makes a file hold these bytes and nothing else: after a crash it holds them, or what it held before.</summary>
    public virtual void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(folder);
        DurableFile.Write(PathOf(name), bytes);
    }

    /// <summary>Copies a file to another name, over what has it.</summary>
    public virtual void Copy(string name, string to) => File.Copy(PathOf(name), PathOf(to), overwrite: true);

    /// <summary>Gives a file another name that nothing has: NAME.1, NAME.2 and so on where it is taken.</summary>
    public virtual string Rename(string name, string to)
    {
        var free = to;
        for (var i = 1; File.Exists(PathOf(free)); i++) free = $"{to}.{i}";
        File.Move(PathOf(name), PathOf(free), overwrite: false);
        return free;
    }
}
