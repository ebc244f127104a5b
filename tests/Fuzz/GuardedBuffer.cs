using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Tests.Fuzz;

/// <summary>
/// Memory whose end is the end of what may be read: the page behind it is forbidden, so reading one byte too many ends the
/// process. The memory is a shared file, so the input that did it is still there afterwards (see corpus/README.md).
/// </summary>
public sealed unsafe partial class GuardedBuffer : IDisposable
{
    /// <summary>Bytes at the start of the file that hold the length of the input.</summary>
    private const int Header = 8;

    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapShared = 1;
    private const int MapPrivate = 2;
    private const int MapFixed = 0x10;
    private const int MapAnonymous = 0x20;

    private readonly string _path;
    private readonly byte* _memory;
    private readonly nuint _size;
    private readonly nuint _mapped;

    /// <param name="path">The file; created or emptied.</param>
    /// <param name="capacity">The longest input.</param>
    public GuardedBuffer(string path, int capacity)
    {
        _path = path;
        var page = (nuint)Environment.SystemPageSize;
        _size = ((nuint)(capacity + Header) + page - 1) / page * page;
        _mapped = _size + page;
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, preallocationSize: (long)_size);
        RandomAccess.SetLength(file, (long)_size);
        _memory = mmap(null, _mapped, 0, MapPrivate | MapAnonymous, new SafeFileHandle(-1, ownsHandle: false), 0);
        if (_memory == Failed || mmap(_memory, _size, ProtRead | ProtWrite, MapShared | MapFixed, file, 0) == Failed)
            throw new InvalidOperationException($"Cannot map {path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static byte* Failed => (byte*)-1;

    /// <summary>The input, ending where the forbidden page begins.</summary>
    public ReadOnlySpan<byte> Place(ReadOnlySpan<byte> input)
    {
        *(long*)_memory = input.Length;
        var place = new Span<byte>(_memory + _size - input.Length, input.Length);
        input.CopyTo(place);
        return place;
    }

    /// <summary>Where the forbidden page begins.</summary>
    public nuint End => (nuint)_memory + _size;

    public void Dispose()
    {
        _ = munmap(_memory, _mapped);
        File.Delete(_path);
    }

    /// <summary>https://man7.org/linux/man-pages/man2/mmap.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* mmap(byte* address, nuint length, int protection, int flags, SafeFileHandle fd, nint offset);

    /// <summary>https://man7.org/linux/man-pages/man2/munmap.2.html</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(byte* address, nuint length);
}
