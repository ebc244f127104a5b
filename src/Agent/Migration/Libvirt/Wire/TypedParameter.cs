namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>One named value of virTypedParameter, as it lies in the packet.</summary>
public readonly ref struct TypedParameter
{
    /// <summary>An empty name, a type, a number of 4 bytes.</summary>
    private const int Least = 12;

    private readonly double _number;

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    /// <summary>A whole number that is not negative and fits; null for everything else, strings and fractions among it.</summary>
    public long? Whole { get; private init; }

    /// <summary>UTF-8; empty where it is not a string.</summary>
    public ReadOnlySpan<byte> Text { get; private init; }

    /// <summary>Any number; null for a string.</summary>
    public double? Number => IsText ? null : _number;

    public bool IsText { get; private init; }

    private TypedParameter(ReadOnlySpan<byte> name, long? whole, double number)
    {
        Name = name;
        Whole = whole;
        _number = number;
    }

    /// <summary>How many are in the list that begins here: <see cref="Read"/> so many.</summary>
    public static int ReadCount(ref XdrReader reader) => reader.ReadCount(Least);

    public static TypedParameter Read(ref XdrReader reader)
    {
        var name = reader.ReadString();
        var type = reader.ReadInt32();
        switch (type)
        {
            case 1:
                return OfSigned(name, reader.ReadInt32());
            case 2:
                return OfSigned(name, reader.ReadUInt32());
            case 3:
                return OfSigned(name, reader.ReadInt64());
            case 4:
                var unsigned = reader.ReadUInt64();
                return new TypedParameter(name, unsigned <= long.MaxValue ? (long)unsigned : null, unsigned);
            case 5:
                return new TypedParameter(name, null, reader.ReadDouble());
            case 6:
                return OfSigned(name, reader.ReadUInt32());
            case 7:
                return new TypedParameter(name, null, 0) { IsText = true, Text = reader.ReadString() };
            default:
                throw reader.Wrong($"expected the type of a parameter, 1 to 7, found {type}");
        }
    }

    private static TypedParameter OfSigned(ReadOnlySpan<byte> name, long value) => new(name, value >= 0 ? value : null, value);
}
