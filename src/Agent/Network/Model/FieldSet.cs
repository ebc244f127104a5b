using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NodeAgent.Network.Model;

/// <summary>Values of scalar fields, in the order they were set, each with where it was written.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "A set of fields.")]
public sealed class FieldSet : IEnumerable<FieldEntry>
{
    private FieldEntry[] _entries = [];
    private int _count;

    public int Count => _count;

    /// <summary>The link that a VLAN, macvlan or VXLAN sits on, or null.</summary>
    public string? BaseLink
    {
        get
        {
            foreach (ref readonly var entry in AsSpan())
            {
                if (entry.Field.IsBaseLink) return entry.Value.Text is { Length: > 0 } name ? name : null;
            }

            return null;
        }
    }

    /// <summary>The value of a field, or null where it is not set.</summary>
    public FieldValue? this[Field field]
    {
        get
        {
            for (var i = 0; i < _count; i++)
            {
                if (ReferenceEquals(_entries[i].Field, field)) return _entries[i].Value;
            }

            return null;
        }
    }

    /// <summary>Sets a field, in place of the value it had.</summary>
    public FieldSet Set(Field field, FieldValue value, SourceMark mark = default)
    {
        for (var i = 0; i < _count; i++)
        {
            if (!ReferenceEquals(_entries[i].Field, field)) continue;
            _entries[i] = new FieldEntry(field, value, mark);
            return this;
        }

        if (_count == _entries.Length) Array.Resize(ref _entries, Math.Max(4, _count * 2));
        _entries[_count++] = new FieldEntry(field, value, mark);
        return this;
    }

    public FieldSet Set(Field field, long number) => Set(field, FieldValue.Of(number));

    public FieldSet Set(Field field, string text) => Set(field, FieldValue.Of(text));

    public FieldSet Set(Field field, bool flag) => Set(field, FieldValue.Of(flag));

    public bool Contains(Field field) => this[field] is not null;

    /// <summary>The text of a text field, or null.</summary>
    public string? Text(Field field) => this[field]?.Text;

    /// <summary>The same fields with the same values, wherever they were written.</summary>
    public bool HasSameValues(FieldSet other)
    {
        if (_count != other._count) return false;
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            ref var same = ref other._entries[i];
            var value = ReferenceEquals(entry.Field, same.Field) ? same.Value : other[entry.Field];
            if (value != entry.Value) return false;
        }

        return true;
    }

    public SourceMark MarkOf(Field field)
    {
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_entries[i].Field, field)) return _entries[i].Mark;
        }

        return default;
    }

    public FieldSet Clone() => new() { _entries = _entries[.._count], _count = _count };

    public ReadOnlySpan<FieldEntry> AsSpan() => _entries.AsSpan(0, _count);

    public IEnumerator<FieldEntry> GetEnumerator()
    {
        for (var i = 0; i < _count; i++) yield return _entries[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
