namespace NodeAgent.Metrics.Links;

/// <summary>Rows that are filled again and again without allocation.</summary>
internal sealed class Rows<T>
    where T : struct
{
    private T[] _items = [];

    public int Count { get; private set; }

    public ref readonly T this[int index] => ref _items[index];

    public void Clear() => Count = 0;

    /// <summary>The next row, with what a former sample left in it.</summary>
    public ref T Next()
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(16, _items.Length * 2));
        return ref _items[Count++];
    }

    public Span<T> AsSpan() => _items.AsSpan(0, Count);
}
