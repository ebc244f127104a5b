using NodeAgent.Native.Rtnl;

namespace NodeAgent.Network.Health;

/// <summary>
/// Makes addresses for guests as the platform does: locally administered, unicast, the first byte one of <see cref="Prefixes"/>, the rest
/// at random.
/// </summary>
public static class MacGenerator
{
    /// <summary>Addresses at once.</summary>
    public const int Most = 1000;

    // The first byte that libvirt gives a tap in the place of its guest's.
    private const byte TapPrefix = 0xfe;
    private const int PrefixShift = 40;
    private const ulong Rest = (1UL << PrefixShift) - 1;

    public static IReadOnlyList<byte> Prefixes { get; } = [0x02, 0x06, 0x0a, 0x0e];

    /// <summary>"02, 06, 0A or 0E"</summary>
    public static string PrefixText { get; } = "02, 06, 0A or 0E";

    /// <param name="count">1 to <see cref="Most"/>.</param>
    /// <param name="prefix">The first byte, one of <see cref="Prefixes"/>; null: any of them.</param>
    /// <param name="used">Addresses in use; a guest behind a tap is not there, but its tap is.</param>
    /// <param name="random">Where the rest comes from.</param>
    /// <returns>Addresses that differ from each other and from those in use.</returns>
    public static IReadOnlyList<MacAddress> Generate(int count, byte? prefix, IEnumerable<MacAddress> used, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        if (prefix is { } asked && !Prefixes.Contains(asked)) throw new ArgumentOutOfRangeException(nameof(prefix), asked, $"expected {PrefixText}");
        var taken = new HashSet<ulong>();
        var behindTaps = new HashSet<ulong>();
        foreach (var mac in used)
        {
            taken.Add(mac.Value);
            if (mac.Value >> PrefixShift == TapPrefix) behindTaps.Add(mac.Value & Rest);
        }

        var made = new List<MacAddress>(count);
        while (made.Count < count)
        {
            var first = prefix ?? Prefixes[random.Next(Prefixes.Count)];
            var rest = (ulong)random.NextInt64((long)Rest + 1);
            if (!behindTaps.Contains(rest) && taken.Add(((ulong)first << PrefixShift) | rest)) made.Add(new MacAddress(((ulong)first << PrefixShift) | rest));
        }

        return made;
    }
}
