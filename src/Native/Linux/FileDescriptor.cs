using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Native.Linux;

/// <summary>An owned file descriptor: closed once, when disposed or collected.</summary>
public sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    public FileDescriptor()
        : base(ownsHandle: true)
    {
    }

    public FileDescriptor(int fd)
        : base(ownsHandle: true)
    {
        SetHandle(fd);
    }

    /// <summary>The number itself, for messages and for attributes that carry a descriptor; valid while this object is held.</summary>
    public int Number => (int)handle;

    /// <summary>The C functions return an int: of the register it comes in, the upper half may hold anything.</summary>
    public override bool IsInvalid => (int)handle < 0;

    protected override bool ReleaseHandle() => Unistd.close((int)handle) == 0;
}
