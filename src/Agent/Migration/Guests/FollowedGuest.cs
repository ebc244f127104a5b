using NodeAgent.Files;
using NodeAgent.Migration.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests;

/// <summary>A process of QEMU that is followed: told of, or about to be once it can be read.</summary>
internal sealed class FollowedGuest(GuestProcess process, FileDescriptor? descriptor) : IDisposable
{
    public GuestProcess Process { get; } = process;

    /// <summary>Readable once it has ended; null where it cannot be had.</summary>
    public FileDescriptor? Descriptor { get; } = descriptor;

    /// <summary>Null: it is not told of yet.</summary>
    public Guest? Told { get; set; }

    /// <summary>Of its command line.</summary>
    public int Fingerprint { get; set; }

    /// <summary>It goes on as another process once this one ends.</summary>
    public bool Daemonizes { get; set; }

    /// <summary>How often it was read in vain.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is to be read again, by the clock's timestamp.</summary>
    public long Due { get; set; }

    /// <summary>The kernel makes who reads a command line wait for as long as the process changes its memory map.</summary>
    public BoundedCall Reading { get; } = new("guest reading");

    public void Dispose() => Descriptor?.Dispose();
}
