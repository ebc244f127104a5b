using System.Runtime.InteropServices;

namespace NodeAgent.Tests.Fuzz;

/// <summary>Damages a message the way lengths, types and values go wrong.</summary>
public static class Mutator
{
    /// <summary>Lengths and numbers at the edges of what code expects.</summary>
    private static readonly ushort[] Edges = [0, 1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 31, 255, 256, 4095, 4096, 0x7fff, 0x8000, 0xfffb, 0xfffc, 0xffff];

    /// <summary>Writes a damaged copy of <paramref name="original"/> to <paramref name="target"/>, which must hold twice its length and 64 bytes.</summary>
    /// <returns>Its length.</returns>
    public static int Mutate(ref Rng random, ReadOnlySpan<byte> original, ReadOnlySpan<byte> other, Span<byte> target)
    {
        original.CopyTo(target);
        var length = original.Length;
        for (var times = 1 + random.Below(3); times > 0; times--)
            length = Once(ref random, target, length, original.Length * 2 + 64, other);
        return length;
    }

    private static int Once(ref Rng random, Span<byte> data, int length, int most, ReadOnlySpan<byte> other)
    {
        if (length == 0)
            return 0;
        var at = random.Below(length);
        switch (random.Below(9))
        {
            case 0: return at;
            case 1: data[at] ^= (byte)(1 << random.Below(8)); return length;
            case 2: data[at] = (byte)random.Next(); return length;
            case 3 or 4: return Edge(ref random, data, length, at & ~3);
            case 5: return Edge(ref random, data, length, (at & ~3) + 2);
            case 6:
                // A piece of another message, or of this one, over what is there.
                var from = random.Below(other.Length);
                var piece = other.Slice(from, Math.Min(random.Below(64), Math.Min(other.Length - from, length - at)));
                piece.CopyTo(data[at..]);
                return length;
            case 7:
                // The rest once more.
                var repeated = Math.Min(length - at, most - length);
                data.Slice(at, repeated).CopyTo(data[length..]);
                return length + repeated;
            default:
                data.Slice(at, Math.Min(random.Below(16), length - at)).Clear();
                return length;
        }
    }

    /// <summary>An edge where a length or a type may be.</summary>
    private static int Edge(ref Rng random, Span<byte> data, int length, int at)
    {
        if (at + 2 <= length)
            MemoryMarshal.Write(data[at..], Edges[random.Below(Edges.Length)]);
        return length;
    }
}
