namespace NodeAgent.Metrics.Exposition;

/// <summary>A line being written: the room it has, and where its value goes.</summary>
internal readonly ref struct TextLine(Span<byte> room, int at)
{
    private readonly Span<byte> _room = room;
    private readonly int _at = at;

    public void Deconstruct(out Span<byte> room, out int at)
    {
        room = _room;
        at = _at;
    }
}
