using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Native.Linux;

/// <summary>Memory mapped by the kernel, page by page: unmapped once, when disposed or collected.</summary>
public sealed unsafe class MappedMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private MappedMemory(nint address, int length)
        : base(ownsHandle: true)
    {
        SetHandle(address);
        Length = length;
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>Where it begins; valid while this object is held.</summary>
    public nint Address => handle;

    /// <summary>The memory; valid while this object is held.</summary>
    public Span<byte> Span => new((void*)handle, Length);

    /// <summary>Zeroed memory of this process alone; null where there is none, with the reason in the last P/Invoke error.</summary>
    public static MappedMemory? Anonymous(int length) =>
        Of(SysMman.mmap(null, (nuint)length, SysMman.PROT_READ | SysMman.PROT_WRITE, SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS, -1, 0), length);

    /// <summary>What a driver shares through its descriptor, from offset 0; null where it does not, with the reason in the last P/Invoke error.</summary>
    public static MappedMemory? Shared(FileDescriptor file, int length)
    {
        var held = false;
        try
        {
            file.DangerousAddRef(ref held);
            return Of(SysMman.mmap(null, (nuint)length, SysMman.PROT_READ | SysMman.PROT_WRITE, SysMman.MAP_SHARED, file.Number, 0), length);
        }
        finally
        {
            if (held) file.DangerousRelease();
        }
    }

    protected override bool ReleaseHandle() => SysMman.munmap(handle, (nuint)Length) == 0;

    private static MappedMemory? Of(nint address, int length) => address == SysMman.Failed ? null : new MappedMemory(address, length);
}
