using System.Collections.Frozen;
using System.Globalization;
using Google.Protobuf.Collections;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Api.Mapping;

/// <summary>Fields of links by their path, and back; values that the kernel has but nobody may ask for come through as well.</summary>
internal static class FieldMapping
{
    private static readonly FrozenDictionary<string, Field> s_byPath = Known().ToFrozenDictionary(static f => f.Path, StringComparer.Ordinal);

    public static void Write(FieldSet fields, RepeatedField<V1.Field> to)
    {
        foreach (ref readonly var entry in fields.AsSpan()) to.Add(new V1.Field { Path = entry.Field.Path, Value = entry.Text });
    }

    /// <summary>Adds what was written. A field that only a newer agent knows is left out.</summary>
    public static FieldSet Read(RepeatedField<V1.Field> fields, FieldSet? onto = null)
    {
        var set = onto ?? new FieldSet();
        foreach (var field in fields)
        {
            if (s_byPath.TryGetValue(field.Path, out var known)) set.Set(known, Value(known, field.Value));
        }

        return set;
    }

    // The inverse of Field.Format, without the limits of Field.TryParse.
    private static FieldValue Value(Field field, string text) => field.Type switch
    {
        FieldType.Flag => FieldValue.Of(text == "true"),
        FieldType.Number => FieldValue.Of(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        FieldType.Choice => FieldValue.Of(Number(field, text)),
        _ => FieldValue.Of(text),
    };

    private static long Number(Field field, string text)
    {
        foreach (var choice in field.Choices)
        {
            if (choice.Name == text) return choice.Number;
        }

        return long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<Field> Known() =>
        LinkSchema.Common.Concat(Enum.GetValues<InterfaceType>().SelectMany(LinkSchema.Own)).Concat(BridgeFields.Port);
}
