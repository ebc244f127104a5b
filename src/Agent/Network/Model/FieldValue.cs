namespace NodeAgent.Network.Model;

/// <summary>The value of one scalar field: a number (flags are 0 and 1, choices carry the kernel's number) or a text.</summary>
public readonly record struct FieldValue(long Number, string? Text)
{
    public static FieldValue Of(long number) => new(number, null);

    public static FieldValue Of(bool flag) => new(flag ? 1 : 0, null);

    public static FieldValue Of(string text) => new(0, text);
}
