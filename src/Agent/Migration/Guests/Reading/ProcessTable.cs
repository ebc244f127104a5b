using System.Buffers.Text;
using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>
/// Which processes there are, look by look, and which of them are worth opening: new ones, for some looks, since a process may take a while to
/// become what it was started for. It is known again by the inode number of its folder in /proc, so that nothing is opened for those that
/// stayed, and a pid that is used again counts as new. Every so often all count as new: a shell may become QEMU after hours.
/// </summary>
internal sealed class ProcessTable(string proc)
{
    /// <summary>For how many looks a process is new.</summary>
    public const int NewFor = 4;

    /// <summary>How many looks bring one at all.</summary>
    public const int AllEvery = 10;

    private Dictionary<int, (ulong Inode, int Looks)> _known = [];
    private Dictionary<int, (ulong Inode, int Looks)> _former = [];
    private int _looks;

    /// <summary>Adds the pids of processes that are worth opening.</summary>
    /// <returns>Null, or why /proc cannot be read.</returns>
    public string? Look(List<int> worth)
    {
        using var listing = FolderListing.Open(proc);
        if (listing.IsInvalid) return $"open {proc}: {Errno.Name(Marshal.GetLastPInvokeError())}";
        (_known, _former) = (_former, _known);
        _known.Clear();
        var all = _looks++ % AllEvery == 0;
        while (listing.Next(out var inode, out var name))
        {
            if (name[0] is < (byte)'1' or > (byte)'9' || !Utf8Parser.TryParse(name, out int pid, out var read) || read != name.Length) continue;
            var looks = _former.TryGetValue(pid, out var former) && former.Inode == inode ? former.Looks + 1 : 1;
            _known[pid] = (inode, looks);
            if (all || looks <= NewFor) worth.Add(pid);
        }

        return null;
    }
}
