using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeAgent.Native.Linux;

/// <summary>The entries of a folder, read as the kernel gives them: nothing is kept or allocated, and each comes with its inode number.</summary>
public sealed unsafe class FolderListing : SafeHandleZeroOrMinusOneIsInvalid
{
    private FolderListing(nint folder)
        : base(ownsHandle: true) => SetHandle(folder);

    /// <summary>Invalid where it cannot be opened, with the reason in the last P/Invoke error.</summary>
    public static FolderListing Open(string path) => new(Dirent.opendir(path));

    /// <summary>The next entry; false at the end. The name is valid until the next call.</summary>
    public bool Next(out ulong inode, out ReadOnlySpan<byte> name)
    {
        var entry = Dirent.readdir(this);
        if (entry is null)
        {
            inode = 0;
            name = default;
            return false;
        }

        inode = *(ulong*)entry;
        name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + Dirent.NameOffset);
        return true;
    }

    protected override bool ReleaseHandle() => Dirent.closedir(handle) == 0;
}
