namespace NodeAgent.Native.Netlink;

/// <summary>
/// One event of the kernel's device model: "add@/devices/virtual/block/dm-0", then KEY=VALUE strings, each ended by NUL
/// (kobject_uevent_env in lib/kobject_uevent.c). Points into the datagram: nothing is copied until it is asked for.
/// </summary>
public readonly ref struct Uevent
{
    private readonly ReadOnlySpan<byte> _keys;

    private Uevent(UeventAction action, ReadOnlySpan<byte> path, ReadOnlySpan<byte> keys)
    {
        Action = action;
        DevicePath = path;
        _keys = keys;
    }

    public UeventAction Action { get; }

    /// <summary>Below /sys: "/devices/virtual/block/dm-0".</summary>
    public ReadOnlySpan<byte> DevicePath { get; }

    /// <summary>"block", "module", "fc_remote_ports"; empty where the kernel does not say.</summary>
    public ReadOnlySpan<byte> Subsystem => this["SUBSYSTEM"u8];

    /// <summary>Below /dev: "dm-0"; empty for what has no node there.</summary>
    public ReadOnlySpan<byte> DeviceName => this["DEVNAME"u8];

    /// <summary>The last part of <see cref="DevicePath"/>: "dm-0".</summary>
    public ReadOnlySpan<byte> Name => DevicePath[(DevicePath.LastIndexOf((byte)'/') + 1)..];

    /// <summary>The first value of a key: "DM_PATH"; empty where it is not there.</summary>
    public ReadOnlySpan<byte> this[ReadOnlySpan<byte> key]
    {
        get
        {
            var rest = _keys;
            while (Next(ref rest, out var pair))
            {
                if (pair.Length > key.Length && pair[key.Length] == '=' && pair.StartsWith(key)) return pair[(key.Length + 1)..];
            }

            return default;
        }
    }

    /// <summary>False for what is no event of the kernel: udev's own messages begin with "libudev".</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out Uevent uevent)
    {
        uevent = default;
        var rest = datagram;
        if (!Next(ref rest, out var head)) return false;
        var at = head.IndexOf((byte)'@');
        if (at <= 0 || at + 1 >= head.Length || head[at + 1] != '/') return false;
        uevent = new Uevent(ActionOf(head[..at]), head[(at + 1)..], rest);
        return true;
    }

    private static bool Next(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (rest.IsEmpty) return false;
        var end = rest.IndexOf((byte)0);
        text = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return true;
    }

    private static UeventAction ActionOf(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("add"u8)) return UeventAction.Add;
        if (word.SequenceEqual("remove"u8)) return UeventAction.Remove;
        if (word.SequenceEqual("change"u8)) return UeventAction.Change;
        if (word.SequenceEqual("move"u8)) return UeventAction.Move;
        if (word.SequenceEqual("online"u8)) return UeventAction.Online;
        if (word.SequenceEqual("offline"u8)) return UeventAction.Offline;
        if (word.SequenceEqual("bind"u8)) return UeventAction.Bind;
        return word.SequenceEqual("unbind"u8) ? UeventAction.Unbind : UeventAction.Other;
    }
}
