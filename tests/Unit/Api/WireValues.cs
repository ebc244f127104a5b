using System.Globalization;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Unit.Api;

/// <summary>Values that fields can have, also those that no document may ask for.</summary>
internal static class WireValues
{
    public static IEnumerable<FieldValue> Of(Field field) => field.Type switch
    {
        FieldType.Flag => [FieldValue.Of(false), FieldValue.Of(true)],
        FieldType.Number => [FieldValue.Of(field.Min), FieldValue.Of(field.Max), FieldValue.Of(field.Max + 1)],
        FieldType.Choice => [.. field.Choices.Select(c => FieldValue.Of(c.Number)), FieldValue.Of(4711L)],
        FieldType.Mac => [FieldValue.Of("02:00:00:00:00:01")],
        FieldType.LinkName => [FieldValue.Of("bond_data"), FieldValue.Of("")],
        FieldType.Address => [FieldValue.Of("10.0.0.1"), FieldValue.Of("fe80::1"), FieldValue.Of("")],
        _ => [FieldValue.Of("10.0.0.1,10.0.0.2"), FieldValue.Of("")],
    };

    /// <summary>Everything of a link that a test compares, a line each.</summary>
    public static string Text(LinkState link)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{link.Index} {link.Name} {link.Type} '{link.Kind}' {link.Up} {link.Carrier} {link.OperState} {link.LowerElsewhere}"),
            $"controller {link.Controller ?? "null"} base {link.BaseLink ?? "null"} burnt in {link.PermanentMac ?? "null"} vlans {link.Vlans?.ToString() ?? "null"}",
        };
        lines.AddRange(Lines(link.Fields));
        lines.AddRange(Lines(link.PortOptions));
        lines.Add($"{link.Bond} {link.BondPort}");
        lines.AddRange(link.Addresses.Select(static a => a.ToString()));
        return string.Join('\n', lines);
    }

    /// <summary>mtu and mac-address have places of their own and come first.</summary>
    private static IEnumerable<string> Lines(FieldSet fields) => fields
        .OrderBy(static f => ReferenceEquals(f.Field, CommonFields.Mtu) ? 0 : ReferenceEquals(f.Field, CommonFields.MacAddress) ? 1 : 2)
        .Select(static f => $"{f.Field.Path} = {f.Value}");
}
