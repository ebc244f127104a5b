using System.Buffers;

namespace Grpc.Wire;

/// <summary>Bytes in one rented array, which grows.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestArray = 256;

    private byte[] _array = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, _length);

    public int Length => _length;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Clear() => _length = 0;

    /// <summary>Gives the array back; the buffer is empty and can be used on.</summary>
    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        (_array, _length) = ([], 0);
    }

    private void Reserve(int size)
    {
        if (_array.Length - _length >= size)
            return;
        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(Math.Max(2L * _array.Length, SmallestArray), _length + (long)size, Math.Max(Array.MaxLength, _length + (long)size)));
        _array.AsSpan(0, _length).CopyTo(grown);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = grown;
    }
}
