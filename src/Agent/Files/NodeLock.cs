using System.Globalization;

namespace NodeAgent.Files;

/// <summary>One writer per state folder: an advisory lock on a file that the kernel lets go when its holder dies.</summary>
public sealed class NodeLock : IDisposable
{
    private readonly FileStream _file;

    private NodeLock(FileStream file, bool formerDied)
    {
        _file = file;
        FormerDied = formerDied;
    }

    /// <summary>The last holder did not let go by itself: it was killed, perhaps in the middle of a transaction.</summary>
    public bool FormerDied { get; }

    /// <summary>Takes the lock, waiting at most <paramref name="wait"/>; null where somebody else holds it all that time.</summary>
    /// <exception cref="IOException">The state folder cannot be written.</exception>
    public static NodeLock? TryTake(string stateFolder, TimeSpan wait, TimeProvider clock)
    {
        Directory.CreateDirectory(stateFolder);
        var path = PathOf(stateFolder);
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                // FileShare.None is flock(LOCK_EX | LOCK_NB) here.
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                var died = ReadPid(path).Length > 0;
                File.WriteAllText(path + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                return new NodeLock(file, died);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (clock.GetElapsedTime(start) >= wait) return null;
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>The process that holds the lock, for messages.</summary>
    public static string Holder(string stateFolder) => ReadPid(PathOf(stateFolder)) is { Length: > 0 } pid ? "process " + pid : "another process";

    public void Dispose()
    {
        File.WriteAllText(_file.Name + ".pid", "");
        _file.Dispose();
    }

    private static string ReadPid(string path)
    {
        try
        {
            return File.Exists(path + ".pid") ? File.ReadAllText(path + ".pid").Trim() : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string PathOf(string stateFolder) => Path.Combine(stateFolder, "lock");

    // EWOULDBLOCK from flock; everything else is a real fault of the folder.
    private static bool IsHeld(IOException e) => e.HResult == 11;
}
