using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Goals;

/// <summary>Whether a field already is what is asked for.</summary>
internal static class FieldEquality
{
    public static bool Same(Field field, FieldValue? current, FieldValue wanted)
    {
        // A text field that is not set and one that is empty are the same to the kernel.
        if (current is not { } value) return wanted.Text is { Length: 0 };
        if (value == wanted) return true;
        if (wanted.Text is null || value.Text is null) return false;
        return field.Type switch
        {
            FieldType.AddressList => Sorted(value.Text) == Sorted(wanted.Text),
            FieldType.Mac => string.Equals(value.Text, wanted.Text, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static string Sorted(string list) => string.Join(',', list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
