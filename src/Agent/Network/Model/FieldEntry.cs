namespace NodeAgent.Network.Model;

/// <summary>A field with its value and where it was written.</summary>
public readonly record struct FieldEntry(Field Field, FieldValue Value, SourceMark Mark)
{
    public string Text => Field.Format(Value);
}
