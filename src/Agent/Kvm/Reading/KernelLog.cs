using System.Runtime.InteropServices;
using System.Text;
using NodeAgent.Native.Linux;

namespace NodeAgent.Kvm.Reading;

/// <summary>Looks through the kernel's log, which is read record by record: https://docs.kernel.org/admin-guide/abi-testing-files.html (dev-kmsg).</summary>
internal static class KernelLog
{
    private const int RecordBytes = 8192;

    /// <summary>More than any ring buffer holds, so that a log which grows faster than it is read ends too.</summary>
    private const int MostRecords = 200_000;

    /// <summary>The first message that is meant, without its prefix. False with an error: the log could not be read.</summary>
    public static bool Find(string path, Func<string, bool> isMeant, out string line, out string? error)
    {
        line = "";
        error = null;
        using var file = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC);
        if (file.IsInvalid)
        {
            error = Failed(path);
            return false;
        }

        var buffer = new byte[RecordBytes];
        for (var records = 0; records < MostRecords; records++)
        {
            var read = Unistd.Read(file, buffer);
            if (read == 0) return false;
            if (read < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                // The end; and a record that was overwritten while it was read, after which reading goes on with the oldest left.
                if (errno == Errno.EAGAIN) return false;
                if (errno is Errno.EPIPE or Errno.EINTR) continue;
                error = Failed(path);
                return false;
            }

            foreach (var found in Encoding.UTF8.GetString(buffer, 0, read).Split('\n'))
            {
                if (!isMeant(found)) continue;
                line = Message(found);
                return true;
            }
        }

        return false;
    }

    // "6,339,5140900,-;NET: Registered protocol family 10"
    private static string Message(string record) => record[(record.IndexOf(';') + 1)..].Trim();

    private static string Failed(string path) => $"{path}: {Errno.Name(Marshal.GetLastPInvokeError())} ({Errno.Text(Marshal.GetLastPInvokeError())})";
}
