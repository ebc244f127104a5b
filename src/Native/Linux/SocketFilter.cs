using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NodeAgent.Native.Linux;

/// <summary>linux/filter.h: classic BPF, as SO_ATTACH_FILTER takes it. https://docs.kernel.org/networking/filter.html</summary>
internal static class SocketFilter
{
    private const ushort BPF_LD_W_ABS = 0x20;
    private const ushort BPF_JMP_JEQ_K = 0x15;
    private const ushort BPF_JMP_JEQ_X = 0x1d;
    private const ushort BPF_MISC_TAX = 0x07;
    private const ushort BPF_RET_K = 0x06;

    /// <summary>Loads the four bytes at an offset, as a number in network order.</summary>
    internal static Instruction Load(int offset) => new(BPF_LD_W_ABS, 0, 0, (uint)offset);

    /// <summary>Goes on after so many instructions where what was loaded is a number that the kernel wrote in its own order, and after so many others where it is not.</summary>
    internal static Instruction JumpIfEqual(uint number, byte then, byte otherwise) =>
        new(BPF_JMP_JEQ_K, then, otherwise, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number);

    /// <summary>Compares with what was kept.</summary>
    internal static Instruction JumpIfKept(byte then, byte otherwise) => new(BPF_JMP_JEQ_X, then, otherwise, 0);

    /// <summary>Keeps what was loaded.</summary>
    internal static Instruction Keep() => new(BPF_MISC_TAX, 0, 0, 0);

    internal static Instruction Accept() => new(BPF_RET_K, 0, 0, uint.MaxValue);

    internal static Instruction Drop() => new(BPF_RET_K, 0, 0, 0);

    /// <summary>struct sock_filter</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte Then, byte Otherwise, uint Value);

    /// <summary>struct sock_fprog</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct Program
    {
        internal ushort Length;
        internal Instruction* First;
    }
}
