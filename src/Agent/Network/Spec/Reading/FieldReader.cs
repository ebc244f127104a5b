using System.Globalization;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads the value of one field of the schema.</summary>
internal static class FieldReader
{
    public static void Read(Field field, YamlEntry entry, string path, FieldSet into, ReadContext context)
    {
        if (TextOf(field, entry.Value) is not { } text || !(field.TryParse(text, out var value) || (context.IsStored && TryParseStored(field, text, out value))))
        {
            context.Expected(entry.Value, path, field.Expected);
        }
        else if (into[field] is { } other && other != value)
        {
            // Two names of one field, such as num_grat_arp and num_unsol_na.
            context.Error(entry.Mark, path, $"is another name of {field.Key}, which is {field.Format(other)} already; keep one");
        }
        else
        {
            into.Set(field, value, entry.Value.Mark);
        }
    }

    private static bool TryParseStored(Field field, string text, out FieldValue value)
    {
        var good = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        value = FieldValue.Of(number);
        return good && field.Type is FieldType.Number or FieldType.Choice;
    }

    private static string? TextOf(Field field, YamlNode node) => node switch
    {
        YamlScalar { IsNull: false } scalar => scalar.Text,
        YamlList list when field.Type == FieldType.AddressList && list.Items.All(i => i is YamlScalar { IsNull: false }) =>
            string.Join(",", list.Items.Select(i => ((YamlScalar)i).Text)),
        _ => null,
    };
}
