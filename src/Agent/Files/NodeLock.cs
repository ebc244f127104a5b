using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Files;

/// <summary>One writer per state folder: an advisory lock on a file that the kernel lets go when its holder dies.</summary>
public sealed class NodeLock : IDisposable
{
    /// <summary>Room for any process id. The file of it keeps its length: cutting files short makes some file systems write to the disk at once.</summary>
    private const int PidLength = 12;

    private readonly FileStream _file;
    private readonly SafeFileHandle _pid;

    private NodeLock(FileStream file, SafeFileHandle pid)
    {
        _file = file;
        _pid = pid;
        FormerDied = ReadPid(pid).Length > 0;
        WritePid(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
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
            FileStream file;
            try
            {
                // FileShare.None is flock(LOCK_EX | LOCK_NB) here.
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (clock.GetElapsedTime(start) >= wait) return null;
                Thread.Sleep(10);
                continue;
            }

            return With(file, path + ".pid");
        }
    }

    /// <summary>The process that holds the lock, for messages.</summary>
    public static string Holder(string stateFolder)
    {
        try
        {
            using var file = File.OpenHandle(PathOf(stateFolder) + ".pid", share: FileShare.ReadWrite);
            return ReadPid(file) is { Length: > 0 } pid ? "process " + pid : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }

    public void Dispose()
    {
        WritePid("");
        _pid.Dispose();
        _file.Dispose();
    }

    private static NodeLock With(FileStream file, string pidPath)
    {
        SafeFileHandle? pid = null;
        try
        {
            // Readers have it open at any time.
            pid = File.OpenHandle(pidPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            return new NodeLock(file, pid);
        }
        catch
        {
            pid?.Dispose();
            file.Dispose();
            throw;
        }
    }

    private void WritePid(string pid) => RandomAccess.Write(_pid, Encoding.ASCII.GetBytes(pid.PadRight(PidLength)), 0);

    private static string ReadPid(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[PidLength];
        return Encoding.ASCII.GetString(text[..RandomAccess.Read(file, text, 0)]).Trim();
    }

    private static string PathOf(string stateFolder) => Path.Combine(stateFolder, "lock");

    // EWOULDBLOCK from flock; everything else is a real fault of the folder.
    private static bool IsHeld(IOException e) => e.HResult == 11;
}
