using System.Text;
using System.Text.Json;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>
/// The value of one of QEMU's options: "key=value,flag,noflag", a comma within a value doubled (util/qemu-option.c), or a JSON object.
/// </summary>
internal sealed class QemuOptions
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    private QemuOptions()
    {
    }

    /// <summary>The last one counts, as in QEMU; null where there is none.</summary>
    public string? this[string key]
    {
        get
        {
            for (var i = _pairs.Count - 1; i >= 0; i--)
            {
                if (_pairs[i].Key == key) return _pairs[i].Value;
            }

            return null;
        }
    }

    /// <summary>Null where it is not said.</summary>
    public bool? Flag(string key) => this[key] switch
    {
        "on" or "yes" or "true" or "y" => true,
        "off" or "no" or "false" or "n" => false,
        _ => null,
    };

    /// <param name="text">As on the command line.</param>
    /// <param name="implied">The key of a first value without one.</param>
    public static QemuOptions Parse(string text, string? implied)
    {
        var options = new QemuOptions();
        if (text.StartsWith('{')) options.ReadJson(text);
        else options.ReadPairs(text, implied);
        return options;
    }

    private void ReadPairs(ReadOnlySpan<char> rest, string? implied)
    {
        for (var first = true; !rest.IsEmpty; first = false)
        {
            var end = rest.IndexOfAny('=', ',');
            if (end >= 0 && rest[end] == '=')
            {
                var key = rest[..end].ToString();
                rest = rest[(end + 1)..];
                Add(key, Value(ref rest));
            }
            else if (first && implied is not null)
            {
                Add(implied, Value(ref rest));
            }
            else
            {
                Add(end < 0 ? rest : rest[..end]);
                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }
    }

    private static string Value(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(',');
        if (end < 0 || end + 1 == rest.Length || rest[end + 1] != ',')
        {
            var simple = (end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            return simple;
        }

        var value = new StringBuilder();
        while (true)
        {
            end = rest.IndexOf(',');
            value.Append(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (end < 0 || rest.IsEmpty || rest[0] != ',') return value.ToString();
            value.Append(',');
            rest = rest[1..];
        }
    }

    // "nowait" is wait=off; a flag that only begins so ("node") does no harm with another name beside it.
    private void Add(ReadOnlySpan<char> flag)
    {
        Add(flag.ToString(), "on");
        if (flag.StartsWith("no")) Add(flag[2..].ToString(), "off");
    }

    private void Add(string key, string value) => _pairs.Add(new(key, value));

    private void ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (Scalar(property.Value) is { } value) Add(property.Name, value);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // QEMU would not have started with it; half a character in a string is the second.
            _pairs.Clear();
        }
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "on",
        JsonValueKind.False => "off",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
