using System.Buffers.Binary;
using System.Numerics;

namespace NodeAgent.Kvm.Probing;

/// <summary>
/// The guest of the functional probe: a page with a few instructions, the numbers they add up, and room for the result. The code is
/// 32-bit, in protected mode with flat segments and without paging: unlike real mode it needs no "unrestricted guest" of old Intel
/// processors, and unlike 64-bit mode no page tables; every KVM for x86 runs it.
/// </summary>
internal sealed class ProbeGuest
{
    /// <summary>Where the guest finds the page; also where it begins.</summary>
    public const uint Address = 0x1_0000;

    public const int PageBytes = 4096;

    /// <summary>Where the result goes; no PC has anything there.</summary>
    public const ushort Port = 0x4E41;

    private const int DataAt = 0x400;
    private const int ResultAt = 0x800;
    private const int Numbers = 64;

    private readonly byte[] _page = new byte[PageBytes];

    private ProbeGuest()
    {
    }

    /// <summary>What the code should come to.</summary>
    public uint Expected { get; private init; }

    /// <summary>The guest that adds up other numbers for each seed.</summary>
    public static ProbeGuest Of(int seed)
    {
        var random = new Random(seed);
        Span<uint> numbers = stackalloc uint[Numbers];
        foreach (ref var number in numbers) number = (uint)random.NextInt64();
        return With(Code, numbers);
    }

    /// <summary>A guest of this code, for tests of what else may happen.</summary>
    /// <param name="code">i386 instructions.</param>
    /// <param name="numbers">What they find as data.</param>
    public static ProbeGuest With(ReadOnlySpan<byte> code, ReadOnlySpan<uint> numbers)
    {
        var guest = new ProbeGuest { Expected = Sum(numbers) };
        code.CopyTo(guest._page);
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(guest._page.AsSpan(DataAt + 4 * i), numbers[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(guest._page.AsSpan(ResultAt), ~guest.Expected);
        return guest;
    }

    public void CopyTo(Span<byte> page) => _page.CopyTo(page);

    /// <summary>What the guest left in its page.</summary>
    public static uint ResultIn(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page[ResultAt..]);

    private static ReadOnlySpan<byte> Code =>
    [
        0xBE, 0x00, 0x04, 0x01, 0x00, // mov esi, Address + DataAt
        0xB9, 0x40, 0x00, 0x00, 0x00, // mov ecx, Numbers
        0x31, 0xC0, // xor eax, eax
        0x03, 0x06, // again: add eax, [esi]
        0xC1, 0xC0, 0x05, // rol eax, 5
        0x83, 0xC6, 0x04, // add esi, 4
        0x49, // dec ecx
        0x75, 0xF5, // jnz again
        0xA3, 0x00, 0x08, 0x01, 0x00, // mov [Address + ResultAt], eax
        0x66, 0xBA, 0x41, 0x4E, // mov dx, Port
        0xEF, // out dx, eax
        0xF4, // hlt
    ];

    private static uint Sum(ReadOnlySpan<uint> numbers)
    {
        var sum = 0u;
        foreach (var number in numbers) sum = BitOperations.RotateLeft(sum + number, 5);
        return sum;
    }
}
