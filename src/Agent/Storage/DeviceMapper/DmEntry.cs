using System.Text;
using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>What is kept of one device: the texts it last gave, and the map made of them.</summary>
internal sealed class DmEntry(DmDevice device)
{
    private byte[] _status = [];
    private byte[] _table = [];
    private ulong _sectors;
    private bool _suspended;
    private bool _read;

    /// <summary>The list in which it was last seen.</summary>
    public long Round { get; set; }

    /// <summary>True until it was read and found to be something else.</summary>
    public bool IsMultipath { get; private set; } = device.Uuid is null or "" || device.Uuid.StartsWith(DmMap.UuidPrefix, StringComparison.Ordinal);

    /// <summary>Null for what is no multipath map.</summary>
    public DmMap? Map { get; private set; }

    public DmOther Other { get; private set; } = new(device.Name, device.Uuid ?? "");

    /// <summary>The list still says the same of it.</summary>
    public bool IsOf(in DmDevice listed) => listed.Name == device.Name && listed.Uuid == device.Uuid;

    /// <summary>Reads its status and its table; makes another <see cref="Map"/> where they differ from before.</summary>
    /// <exception cref="DmException">The kernel refused.</exception>
    public void Read(IDeviceMapper kernel)
    {
        if (!IsMultipath) return;
        var status = kernel.Status(device.Number);
        var uuid = device.Uuid ?? (_read ? Other.Uuid : Encoding.UTF8.GetString(status.Uuid));
        // A device is made first and given its table later: until then one without a UUID may be anything.
        if (status.Targets == 0 && uuid.Length == 0) return;
        IsMultipath = status.Type.SequenceEqual("multipath"u8) || uuid.StartsWith(DmMap.UuidPrefix, StringComparison.Ordinal);
        if (!_read) Other = new DmOther(device.Name, uuid);
        if (!IsMultipath) return;
        var same = _read & Keep(ref _status, status.Text) & _suspended == status.IsSuspended & _sectors == status.Sectors;
        (_sectors, _suspended) = (status.Sectors, status.IsSuspended);
        var hasTable = status.Targets > 0;
        same &= Keep(ref _table, kernel.Table(device.Number).Text);
        if (!same || !_read) Map = Make(uuid, hasTable);
        _read = true;
    }

    /// <returns>It is what was kept.</returns>
    private static bool Keep(ref byte[] kept, ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual(kept)) return true;
        kept = text.ToArray();
        return false;
    }

    private DmMap Make(string uuid, bool hasTable)
    {
        var map = new DmMap
        {
            Name = device.Name,
            Uuid = uuid,
            Number = new DeviceNumber(device.Number.Major, device.Number.Minor),
            Sectors = _sectors,
            IsSuspended = _suspended,
        };
        if (!hasTable) return map with { Error = "it has no table yet; if it stays so, remove it with multipath -f and let multipathd make it again" };
        var problem = MultipathText.ReadStatus(_status, out var groups);
        if (problem is not null) return map with { Error = $"its status makes no sense: {problem}; compare dmsetup status" };
        problem = MultipathText.ReadTable(_table, out var queues, out var handler, out var selectors);
        return map with
        {
            QueuesIfNoPath = queues,
            HardwareHandler = handler,
            Groups = WithSelectors(groups, selectors),
            Error = problem is null ? null : $"its table makes no sense: {problem}; compare dmsetup table",
        };
    }

    /// <summary>A table that was loaded between the two readings has groups of its own: then the status alone is told.</summary>
    private static IReadOnlyList<DmGroup> WithSelectors(IReadOnlyList<DmGroup> groups, IReadOnlyList<string> selectors)
    {
        if (groups.Count != selectors.Count) return groups;
        var all = new DmGroup[groups.Count];
        for (var i = 0; i < all.Length; i++) all[i] = groups[i] with { Selector = selectors[i] };
        return all;
    }
}
