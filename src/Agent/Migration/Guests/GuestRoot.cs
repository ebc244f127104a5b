using System.Globalization;
using System.Runtime.InteropServices;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests;

/// <summary>
/// The root folder that a guest's process sees: its container's, or the host's. A path is opened inside of it: an absolute link in there,
/// "/var/run" above all, leads to the container's own /run and never to the host's. Takes CAP_SYS_PTRACE for processes of other users.
/// </summary>
public sealed class GuestRoot : IDisposable
{
    /// <summary>openat2 gives up with EAGAIN where something was renamed while it looked.</summary>
    private const int MostAttempts = 32;

    private readonly HostPaths _paths;
    private readonly GuestProcess _guest;
    private readonly FileDescriptor _root;

    private GuestRoot(HostPaths paths, GuestProcess guest, FileDescriptor root) => (_paths, _guest, _root) = (paths, guest, root);

    /// <summary>Null where the process is gone (no error), and where its root cannot be opened (which the error says).</summary>
    public static GuestRoot? TryOpen(HostPaths paths, GuestProcess guest, out string? error)
    {
        error = null;
        var path = $"{ProcessFiles.Folder(paths, guest.Pid)}/root";
        var descriptor = Fcntl.open(path, Fcntl.O_PATH | Fcntl.O_CLOEXEC);
        if (descriptor.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            descriptor.Dispose();
            if (IsAbsence(errno)) return null;
            var lacking = errno is Errno.EACCES or Errno.EPERM ? "; the root of a process of another user takes CAP_SYS_PTRACE" : "";
            error = $"open {path}: {Errno.Name(errno)} ({Errno.Text(errno)}){lacking}";
            return null;
        }

        var root = new GuestRoot(paths, guest, descriptor);
        // The link was followed, then the process is looked at: still the same, so the root is its own.
        if (root.IsStillTheSame) return root;
        root.Dispose();
        return null;
    }

    /// <summary>
    /// Opens a path of the guest, absolute or from its root on, as a place only (O_PATH): <see cref="Through"/> it can be connected to or read.
    /// Null where there is nothing or the process is gone (no error), and where it cannot be had (which the error says).
    /// </summary>
    public FileDescriptor? OpenPath(string path, out string? error)
    {
        error = null;
        for (var attempt = 1; ; attempt++)
        {
            var found = OpenAt2.Open(_root, path, Fcntl.O_PATH | Fcntl.O_CLOEXEC, OpenAt2.RESOLVE_IN_ROOT | OpenAt2.RESOLVE_NO_MAGICLINKS);
            var errno = found.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
            if (errno == 0 && IsStillTheSame) return found;
            found.Dispose();
            if (errno == Errno.EINTR || (errno == Errno.EAGAIN && attempt < MostAttempts)) continue;
            if (errno != 0 && !IsAbsence(errno)) error = $"open {path} in the root of process {_guest.Pid}: {Reason(errno)}";
            return null;
        }
    }

    /// <summary>A path by which this process, and no other, reaches what was opened: "/proc/self/fd/17". Good for as long as the descriptor is open.</summary>
    public static string Through(FileDescriptor opened) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{opened.Number}");

    public void Dispose() => _root.Dispose();

    private bool IsStillTheSame => ProcessFiles.IsStill(_paths, _guest);

    private static bool IsAbsence(int errno) => errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ESRCH;

    private static string Reason(int errno) => $"{Errno.Name(errno)} ({Errno.Text(errno)})" + errno switch
    {
        Errno.ENOSYS => ": openat2 is not to be had (Linux 5.6 has it, a service with RestrictSUIDSGID= has not), without which links inside of a container may lead out of it; nothing is opened in there",
        Errno.EPERM => ": openat2 is filtered away (seccomp), without which links inside of a container may lead out of it; nothing is opened in there",
        Errno.ELOOP => ": links in a circle, or a link of /proc on the way",
        _ => "",
    };
}
