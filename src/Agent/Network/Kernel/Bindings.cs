using NodeAgent.Network.Model;

namespace NodeAgent.Network.Kernel;

/// <summary>Runs a kind's bindings over a message.</summary>
internal static class Bindings
{
    public static void Read<T>(IReadOnlyList<Binding<T>> bindings, T message, FieldSet fields)
    {
        foreach (var binding in bindings)
        {
            if (binding.Read(message) is { } value) fields.Set(binding.Field, value);
        }
    }

    public static void Write<T>(IReadOnlyList<Binding<T>> bindings, FieldSet fields, T message)
    {
        foreach (var binding in bindings)
        {
            if (fields[binding.Field] is { } value) binding.Write(message, value);
        }
    }

    public static FieldValue? Of(long? number) => number is { } value ? FieldValue.Of(value) : null;

    public static FieldValue? Of(bool? flag) => flag is { } value ? FieldValue.Of(value) : null;

    public static FieldValue? Of(string? text) => text is { } value ? FieldValue.Of(value) : null;
}
