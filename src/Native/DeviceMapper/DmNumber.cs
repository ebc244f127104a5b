namespace NodeAgent.Native.DeviceMapper;

/// <summary>Number of a block device.</summary>
public readonly record struct DmNumber(uint Major, uint Minor)
{
    /// <summary>As the kernel's interface has it: huge_encode_dev of linux/kdev_t.h.</summary>
    internal ulong Encoded => (Minor & 0xff) | ((ulong)Major << 8) | ((ulong)(Minor & ~0xffu) << 12);

    internal static DmNumber Decode(ulong encoded) => new((uint)((encoded & 0xfff00) >> 8), (uint)((encoded & 0xff) | ((encoded >> 12) & 0xfff00)));
}
