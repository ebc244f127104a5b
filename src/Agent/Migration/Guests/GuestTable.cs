using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using NodeAgent.Migration.Guests.Reading;
using NodeAgent.Migration.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests;

/// <summary>
/// The guests that are followed. Takes hints (a pid began, ended, is there), finds out what is true of them, and tells the observer: each guest
/// comes once and leaves once. For one thread.
/// </summary>
internal sealed class GuestTable(HostPaths paths, TimeProvider clock, ILogger log, IGuestObserver observer, DescriptorSet set, bool withDescriptors) : IDisposable
{
    /// <summary>A command line takes microseconds to read.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan[] s_pauses = [.. new[] { 10, 50, 250, 1000, 1000 }.Select(static ms => TimeSpan.FromMilliseconds(ms))];

    private readonly GuestReader _reader = new(paths, clock);
    private readonly Dictionary<int, FollowedGuest> _guests = [];
    private readonly List<FollowedGuest> _unread = [];

    /// <summary>A process ended that goes on as another: look for that.</summary>
    public bool IsLookWanted { get; set; }

    /// <summary>Until one has to be read again; null: never.</summary>
    public TimeSpan? UntilNext
    {
        get
        {
            if (_unread.Count == 0) return null;
            var left = TimeSpan.FromSeconds((_unread.Min(static g => g.Due) - clock.GetTimestamp()) / (double)clock.TimestampFrequency);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>A process runs another program from now on.</summary>
    public void Began(int pid)
    {
        if (!ProcessFiles.IsNamedQemu(paths, pid) || !ProcessFiles.IsQemu(paths, pid))
        {
            if (_guests.ContainsKey(pid)) Leave(pid);
            return;
        }

        if (_guests.TryGetValue(pid, out var known))
        {
            // It may have been found by a look before the kernel's word of its beginning was heard.
            if (HasEnded(known) || Read(known) is not { } reading || (known.Told is not null && reading.Fingerprint != known.Fingerprint)) Leave(pid);
            else return;
        }

        Follow(pid);
    }

    /// <summary>A process is there.</summary>
    public void Seen(int pid)
    {
        if (_guests.TryGetValue(pid, out var known))
        {
            if (!HasEnded(known)) return;
            Leave(pid);
        }

        if (ProcessFiles.IsQemu(paths, pid)) Follow(pid);
    }

    /// <summary>A descriptor is readable: whose, the pid said when it was added.</summary>
    public void Ready(int pid)
    {
        if (_guests.TryGetValue(pid, out var known) && HasEnded(known)) Leave(pid);
    }

    /// <summary>The kernel told that a process is ending, which is known before it can be seen.</summary>
    public void Ended(int pid)
    {
        if (_guests.TryGetValue(pid, out var known) && known.Descriptor is null) Leave(pid);
    }

    /// <summary>Looks for ends that nobody tells of.</summary>
    public void LookForEnds()
    {
        foreach (var known in _guests.Values.Where(g => g.Descriptor is null && HasEnded(g)).ToArray()) Leave(known.Process.Pid);
    }

    /// <summary>Reads those that could not be read before, where it is time.</summary>
    public void ReadAgain()
    {
        var now = clock.GetTimestamp();
        for (var i = _unread.Count - 1; i >= 0; i--)
        {
            if (_unread[i].Due > now) continue;
            var guest = _unread[i];
            _unread.RemoveAt(i);
            Tell(guest);
        }
    }

    public void Dispose()
    {
        foreach (var guest in _guests.Values) guest.Dispose();
        _guests.Clear();
        _unread.Clear();
    }

    private void Follow(int pid)
    {
        FileDescriptor? descriptor = null;
        if (withDescriptors)
        {
            descriptor = PidFd.Open(pid);
            if (descriptor.IsInvalid)
            {
                var errno = Marshal.GetLastPInvokeError();
                descriptor.Dispose();
                descriptor = null;
                // Gone, or the id of a thread.
                if (errno is Errno.ESRCH or Errno.EINVAL) return;
                log.NoProcessDescriptors($"pidfd_open of process {pid}: {Errno.Name(errno)}", "by looking");
            }
        }

        // Held first, then looked at: what is read from here on is of the process that is held.
        if (ProcessFiles.Stat(paths, pid, out _) is not { HasEnded: false } stat || !ProcessFiles.IsQemu(paths, pid))
        {
            descriptor?.Dispose();
            return;
        }

        var guest = new FollowedGuest(new GuestProcess(pid, stat.StartTicks), descriptor);
        _guests[pid] = guest;
        if (descriptor is not null && set.Add(descriptor, (ulong)pid) is var refused && refused != 0)
            log.NoProcessDescriptors($"wait for process {pid}: {Errno.Name(refused)}", "by looking");
        Tell(guest);
    }

    private void Tell(FollowedGuest guest)
    {
        var reading = Read(guest);
        if (HasEnded(guest))
        {
            Leave(guest.Process.Pid);
            return;
        }

        if (reading is null or { IsEmpty: true } && guest.Attempts < s_pauses.Length)
        {
            guest.Due = clock.GetTimestamp() + (long)(s_pauses[guest.Attempts++].TotalSeconds * clock.TimestampFrequency);
            _unread.Add(guest);
            return;
        }

        var pid = guest.Process.Pid;
        if (reading is null) log.GuestUnread(pid, $"its command line could not be read within {s_patience.TotalSeconds:0} s");
        else if (reading is { IsEmpty: true }) log.GuestUnread(pid, "its command line is empty");
        else if (reading is { Error: { } error }) log.GuestUnread(pid, error);
        guest.Told = reading?.Guest ?? new Guest(guest.Process, "", "") { Started = clock.GetUtcNow() };
        guest.Fingerprint = reading?.Fingerprint ?? 0;
        guest.Daemonizes = reading?.Daemonizes ?? false;
        log.GuestCame(guest.Told.Domain, pid);
        Telling(() => observer.Came(guest.Told));
    }

    private GuestReading? Read(FollowedGuest guest) =>
        guest.Reading.TryRun<GuestReading?>(() => _reader.Read(guest.Process), s_patience, out var reading) ? reading : null;

    private void Leave(int pid)
    {
        if (!_guests.Remove(pid, out var guest)) return;
        if (guest.Descriptor is not null) set.Remove(guest.Descriptor);
        guest.Dispose();
        _unread.Remove(guest);
        IsLookWanted |= guest.Daemonizes;
        if (guest.Told is null) return;
        log.GuestLeft(guest.Told.Domain, pid);
        Telling(() => observer.Left(guest.Process));
    }

    private bool HasEnded(FollowedGuest guest) =>
        guest.Descriptor is { } descriptor ? PidFd.HasEnded(descriptor)
            : ProcessFiles.Stat(paths, guest.Process.Pid, out var error) is { } stat ? stat.HasEnded || stat.StartTicks != guest.Process.StartTicks : error is null;

    private void Telling(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception e)
        {
            // It may not throw; if it does all the same, the others are told of nevertheless.
            log.NotTold(e.Message);
        }
    }
}
