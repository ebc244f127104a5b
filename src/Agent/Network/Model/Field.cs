using System.Globalization;

namespace NodeAgent.Network.Model;

/// <summary>
/// One scalar field of an interface: its path in nmstate's document, what it may hold and what the kernel needs to change it.
/// The parser, the planner, the diff and the verification all work from this one description; compare fields by reference.
/// </summary>
public sealed class Field(string path, FieldType type, FieldApply apply = FieldApply.Live)
{
    /// <summary>The path below the interface, for example "link-aggregation.options.miimon".</summary>
    public string Path { get; } = path;

    public FieldType Type { get; } = type;

    public FieldApply Apply { get; } = apply;

    /// <summary>The smallest number allowed.</summary>
    public long Min { get; init; }

    /// <summary>The largest number allowed.</summary>
    public long Max { get; init; } = uint.MaxValue;

    /// <summary>The unit of a number, for messages and docs: "ms", "s", "bytes".</summary>
    public string? Unit { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Must be given when a link of its type is created.</summary>
    public bool Required { get; init; }

    /// <summary>Names the link that the interface sits on.</summary>
    public bool IsBaseLink { get; init; }

    /// <summary>Set for a port of a bridge, not for the interface itself.</summary>
    public bool OfPort { get; init; }

    /// <summary>An empty text means that it is not set: a bond without primary, a VXLAN without base.</summary>
    public bool IsClearable => Type is FieldType.LinkName or FieldType.Address or FieldType.AddressList && !Required;

    /// <summary>The last part of the path.</summary>
    public string Key => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>What a person should write here.</summary>
    public string Expected => Type switch
    {
        FieldType.Flag => "true or false",
        FieldType.Number => $"a number from {Min} to {Max}{(Unit is null ? "" : " " + Unit)}",
        FieldType.Choice => string.Join(", ", Choices.Select(c => c.Name)),
        FieldType.Mac => "a MAC address such as 02:00:00:00:00:01",
        FieldType.LinkName => "the name of a link, 1 to 15 characters",
        FieldType.Address => "an IP address",
        _ => "IP addresses, separated by commas",
    };

    /// <summary>Reads a scalar of a document; false where it is not what <see cref="Expected"/> says.</summary>
    public bool TryParse(string text, out FieldValue value)
    {
        value = default;
        switch (Type)
        {
            case FieldType.Flag:
                value = FieldValue.Of(TryParseFlag(text) ?? false);
                return TryParseFlag(text) is not null;
            case FieldType.Number:
                var parsed = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
                value = FieldValue.Of(number);
                return parsed && number >= Min && number <= Max;
            case FieldType.Choice:
                foreach (var choice in Choices)
                {
                    if (choice.Name == text || choice.Number.ToString(CultureInfo.InvariantCulture) == text)
                    {
                        value = FieldValue.Of(choice.Number);
                        return true;
                    }
                }

                return TryParseSwitch(text, out value);
            case FieldType.Mac:
                value = FieldValue.Of(text.ToLowerInvariant().Replace('-', ':'));
                return IsMac(value.Text!);
            case FieldType.LinkName:
                value = FieldValue.Of(text);
                return (text.Length == 0 && IsClearable) || LinkName.Problem(text) is null;
            case FieldType.Address:
                var isAddress = IpText.TryParse(text, out var address);
                value = FieldValue.Of(address?.ToString() ?? "");
                return isAddress || (text.Length == 0 && IsClearable);
            default:
                var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                value = FieldValue.Of(string.Join(",", parts));
                return parts.All(p => IpText.TryParse(p, out _));
        }
    }

    /// <summary>The words YAML 1.1 has for true and false, and 1 and 0; null for anything else.</summary>
    public static bool? TryParseFlag(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "1" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "0" => false,
        _ => null,
    };

    /// <summary>The value as a document writes it.</summary>
    public string Format(FieldValue value) => Type switch
    {
        FieldType.Flag => value.Number != 0 ? "true" : "false",
        FieldType.Number => value.Number.ToString(CultureInfo.InvariantCulture),
        FieldType.Choice => ChoiceName(value.Number),
        _ => value.Text ?? "",
    };

    public override string ToString() => Path;

    /// <summary>A choice between off and on may be written as true or false, as nmstate does.</summary>
    private bool TryParseSwitch(string text, out FieldValue value)
    {
        value = default;
        if (Choices is not [{ Name: "off" }, { Name: "on" }] || TryParseFlag(text) is not { } flag) return false;
        value = FieldValue.Of(Choices[flag ? 1 : 0].Number);
        return true;
    }

    private string ChoiceName(long number)
    {
        foreach (var choice in Choices)
        {
            if (choice.Number == number) return choice.Name;
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsMac(string text)
    {
        if (text.Length != 17) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigitLower(text[i])) return false;
        }

        return true;
    }
}
